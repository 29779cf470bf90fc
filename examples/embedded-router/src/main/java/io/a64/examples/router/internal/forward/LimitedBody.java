package io.a64.examples.router.internal.forward;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.ConduitReadableByteChannel;
import org.xnio.conduits.StreamSourceConduit;

/** The body of a request on its way to the module, counted; chunked ones do not tell their length before. */
final class LimitedBody extends AbstractStreamSourceConduit<StreamSourceConduit> {

    private final Forwarding forwarding;
    private final long limit;
    private long count;

    LimitedBody(StreamSourceConduit next, Forwarding forwarding) {
        super(next);
        this.forwarding = forwarding;
        limit = forwarding.route().options().maxBodyBytes();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return (int) counted(super.read(target));
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return counted(super.read(targets, offset, length));
    }

    @Override
    public long transferTo(long position, long length, FileChannel target) throws IOException {
        return target.transferFrom(new ConduitReadableByteChannel(this), position, length);
    }

    @Override
    public long transferTo(long length, ByteBuffer through, StreamSinkChannel target) throws IOException {
        return IoUtils.transfer(new ConduitReadableByteChannel(this), length, through, target);
    }

    /** Throws when the limit is passed, but once: the rest may be read to be thrown away. */
    private long counted(long read) throws IOException {
        forwarding.moved();
        boolean within = count <= limit;
        count += Math.max(0, read);
        if (within && count > limit && !forwarding.hasFailed()) {
            forwarding.refuseBody();
            throw new IOException("request body over " + limit + " bytes");
        }
        return read;
    }

    /** Leaves a body over the limit open: a client that is cut while it sends would never read why. */
    @Override
    public void terminateReads() throws IOException {
        if (count <= limit) {
            super.terminateReads();
        }
    }
}
