package io.a64.examples.router.internal.forward;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.channels.StreamSourceChannel;
import org.xnio.conduits.AbstractStreamSinkConduit;
import org.xnio.conduits.StreamSinkConduit;

/** The answer on its way to the client; tells that it moves. */
final class WatchedAnswer extends AbstractStreamSinkConduit<StreamSinkConduit> {

    private final Forwarding forwarding;

    WatchedAnswer(StreamSinkConduit next, Forwarding forwarding) {
        super(next);
        this.forwarding = forwarding;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        forwarding.moved();
        return super.write(source);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        forwarding.moved();
        return super.write(sources, offset, length);
    }

    @Override
    public int writeFinal(ByteBuffer source) throws IOException {
        forwarding.moved();
        return super.writeFinal(source);
    }

    @Override
    public long writeFinal(ByteBuffer[] sources, int offset, int length) throws IOException {
        forwarding.moved();
        return super.writeFinal(sources, offset, length);
    }

    @Override
    public long transferFrom(FileChannel source, long position, long count) throws IOException {
        forwarding.moved();
        return super.transferFrom(source, position, count);
    }

    @Override
    public long transferFrom(StreamSourceChannel source, long count, ByteBuffer through) throws IOException {
        forwarding.moved();
        return super.transferFrom(source, count, through);
    }
}
