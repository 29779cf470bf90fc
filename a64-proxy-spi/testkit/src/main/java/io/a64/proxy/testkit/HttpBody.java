package io.a64.proxy.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The body of a request, of declared length or in chunks; its end is the end of this stream. */
final class HttpBody extends InputStream {

    private final InputStream in;
    private boolean moreChunks;
    private long left;
    private boolean begun;

    HttpBody(HttpHead head, InputStream in) {
        this.in = in;
        moreChunks = head.isChunked();
        left = moreChunks ? 0 : head.length();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (left == 0 && moreChunks) {
            beginChunk();
        }
        if (left == 0) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the connection ended " + left + " bytes before the body");
        }
        left -= count;
        return count;
    }

    private void beginChunk() throws IOException {
        if (begun) {
            HttpHead.line(in);
        }
        begun = true;
        left = Long.parseLong(HttpHead.line(in).replaceFirst(";.*", "").strip(), 16);
        if (left == 0) {
            moreChunks = false;
            for (String trailer = HttpHead.line(in); !trailer.isEmpty(); ) {
                trailer = HttpHead.line(in);
            }
        }
    }
}
