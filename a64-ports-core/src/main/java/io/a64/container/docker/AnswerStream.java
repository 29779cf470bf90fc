package io.a64.container.docker;

import com.github.dockerjava.api.async.ResultCallback;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An answer that comes in pieces, on a thread of docker-java's. Unlike docker-java's own adapter it writes no errors
 * into the host application's log: who waits for the end gets them.
 */
abstract class AnswerStream<T> implements ResultCallback<T> {

    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private volatile @Nullable Closeable connection;

    @Override
    public final void onStart(Closeable opened) {
        connection = opened;
    }

    @Override
    public final void onError(Throwable thrown) {
        end.completeExceptionally(thrown);
    }

    @Override
    public final void onComplete() {
        end.complete(null);
    }

    /** Waits until the last piece is there; an interrupt ends it. */
    final void awaitEnd() throws InterruptedException {
        try {
            end.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
        }
    }

    /** Breaks the connection, which ends docker-java's thread if it still reads. */
    @Override
    public final void close() throws IOException {
        Closeable open = connection;
        if (open != null) {
            open.close();
        }
    }
}
