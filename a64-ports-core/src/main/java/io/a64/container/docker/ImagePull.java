package io.a64.container.docker;

import com.github.dockerjava.api.exception.DockerClientException;
import com.github.dockerjava.api.model.PullResponseItem;
import io.a64.container.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches an image that Docker does not have yet. What the registry says on failure is in the exception. */
final class ImagePull {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePull.class);

    private ImagePull() {}

    static void pull(Engine engine, String image) {
        ImageReference reference = ImageReference.parse(image);
        LOG.info("Fetching the image {}", image);
        engine.ask(Operation.PULL, image, () -> {
            try (Progress progress = new Progress()) {
                engine.client()
                        .pullImageCmd(reference.registry() + "/" + reference.repository())
                        .withTag(reference.digest().or(reference::tag).orElse("latest"))
                        .exec(progress)
                        .awaitEnd();
                progress.requireNoError();
                return image;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A pull that fails after it began answers 200, with the error among the pieces. */
    private static final class Progress extends AnswerStream<PullResponseItem> {

        private volatile @Nullable String error;

        @Override
        public void onNext(PullResponseItem item) {
            if (item.getErrorDetail() != null && item.getErrorDetail().getMessage() != null) {
                error = item.getErrorDetail().getMessage();
            }
        }

        void requireNoError() {
            String words = error;
            if (words != null) {
                throw new DockerClientException(words);
            }
        }
    }
}
