package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import java.awt.Dimension;
import java.util.LinkedHashMap;
import java.util.Map;

/** The brush for all pictures of an endpoint. As these have few different sizes, the latest PNGs are cached. */
final class CachedBrush extends Brush {

    private static final int MOST = 8;

    private final Brush brush;
    private final Map<Dimension, Content> cache = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Dimension, Content> eldest) {
            return size() > MOST;
        }
    };

    CachedBrush(Brush brush) {
        this.brush = brush;
    }

    @Override
    public BrushMask mask(String picture, int width, int height) {
        return brush.mask(picture, width, height);
    }

    @Override
    public Content png(String picture, int width, int height) {
        Content known = known(width, height);
        if (known != null) {
            return known;
        }
        Content made = brush.png(picture, width, height);
        synchronized (cache) {
            cache.put(new Dimension(width, height), made);
        }
        return made;
    }

    @Override
    public long memory(int width, int height) {
        return known(width, height) == null ? brush.memory(width, height) : 0;
    }

    @Override
    public Dimension ownSize() {
        return brush.ownSize();
    }

    @Override
    public Content source() {
        return brush.source();
    }

    private Content known(int width, int height) {
        synchronized (cache) {
            return cache.get(new Dimension(width, height));
        }
    }
}
