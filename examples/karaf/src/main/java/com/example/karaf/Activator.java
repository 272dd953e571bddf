package com.example.karaf;

import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ManagedService;

/** Starts with the bundle, and asks the framework for {@code etc/com.example.dewatermark.cfg}. */
public final class Activator implements BundleActivator {

    private FolderService service;
    private ServiceRegistration<ManagedService> registration;

    @Override
    public void start(BundleContext bundle) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(Constants.SERVICE_PID, Settings.PID);
        service = new FolderService();
        // the one way to be configured that each Karaf has: Declarative Services would be a feature to install before
        registration = bundle.registerService(ManagedService.class, service, properties);
    }

    @Override
    public void stop(BundleContext bundle) throws InterruptedException {
        registration.unregister();
        service.close();
    }
}
