package com.example;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.ftpserver.command.Command;
import org.apache.ftpserver.command.CommandFactory;
import org.apache.ftpserver.command.CommandFactoryFactory;
import org.apache.ftpserver.command.impl.USER;
import org.apache.ftpserver.command.impl.listing.DirectoryLister;
import org.apache.ftpserver.command.impl.listing.FileFormater;
import org.apache.ftpserver.command.impl.listing.LISTFileFormater;
import org.apache.ftpserver.command.impl.listing.ListArgumentParser;
import org.apache.ftpserver.command.impl.listing.NLSTFileFormater;
import org.apache.ftpserver.ftplet.DataConnection;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.impl.FtpIoSession;
import org.apache.mina.core.buffer.IoBuffer;
import org.apache.mina.core.session.IoSession;
import org.apache.mina.filter.codec.ProtocolCodecFactory;
import org.apache.mina.filter.codec.ProtocolCodecFilter;
import org.apache.mina.filter.codec.ProtocolDecoder;
import org.apache.mina.filter.codec.ProtocolEncoder;
import org.apache.mina.filter.codec.ProtocolEncoderAdapter;
import org.apache.mina.filter.codec.ProtocolEncoderOutput;
import org.apache.mina.filter.codec.textline.TextLineDecoder;

/** Commands for a server that speaks ISO 8859-1, and says nothing of UTF-8. */
final class Latin1Ftp {

    private static final String CODEC = "codec";

    private Latin1Ftp() {}

    static CommandFactory commands() {
        CommandFactoryFactory commands = new CommandFactoryFactory();
        USER user = new USER();
        commands.addCommand("USER", (session, context, request) -> {
            // the first command: from now on all lines are in this charset
            speakLatin1(session);
            user.execute(session, context, request);
        });
        commands.addCommand("LIST", list(new LISTFileFormater()));
        commands.addCommand("NLST", list(new NLSTFileFormater()));
        Command unknown =
                (session, context, request) -> session.write(new DefaultFtpReply(502, "I know nothing of this"));
        for (String command : new String[] {"FEAT", "OPTS", "MLSD", "MLST"}) {
            commands.addCommand(command, unknown);
        }
        return commands.createCommandFactory();
    }

    private static void speakLatin1(FtpIoSession session) {
        Codec codec = new Codec();
        try {
            // it would go on with what the decoder before it left in the session
            codec.decoder.dispose(session);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        session.getFilterChain().remove(CODEC);
        session.getFilterChain().addAfter("threadPool", CODEC, new ProtocolCodecFilter(codec));
    }

    private static Command list(FileFormater format) {
        return (session, context, request) -> {
            session.resetState();
            session.write(new DefaultFtpReply(150, "Here it comes"));
            String list = new DirectoryLister()
                    .listFiles(ListArgumentParser.parse(request.getArgument()), session.getFileSystemView(), format);
            send(session, list.getBytes(ISO_8859_1));
            session.write(new DefaultFtpReply(226, "That is all"));
        };
    }

    private static void send(FtpIoSession session, byte[] list) throws IOException {
        try {
            DataConnection connection = session.getDataConnection().openConnection();
            connection.transferToClient(session.getFtpletSession(), new ByteArrayInputStream(list));
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        } finally {
            session.getDataConnection().closeDataConnection();
        }
    }

    private static final class Codec extends ProtocolEncoderAdapter implements ProtocolCodecFactory {

        private final TextLineDecoder decoder = new TextLineDecoder(ISO_8859_1);

        @Override
        public ProtocolDecoder getDecoder(IoSession session) {
            return decoder;
        }

        @Override
        public ProtocolEncoder getEncoder(IoSession session) {
            return this;
        }

        @Override
        public void encode(IoSession session, Object reply, ProtocolEncoderOutput out) {
            out.write(IoBuffer.wrap(reply.toString().getBytes(ISO_8859_1)));
        }
    }
}
