package io.a64.container.docker;

import com.github.dockerjava.api.command.PullImageResultCallback;
import io.a64.container.ImageReference;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches an image that Docker does not have yet. What the registry says on failure is in the exception. */
final class ImagePull {

    private static final Logger LOG = LoggerFactory.getLogger(ImagePull.class);

    void pull(Engine engine, String image) {
        ImageReference reference = ImageReference.parse(image);
        LOG.info("Fetching the image {}", image);
        engine.ask(Operation.PULL, image, () -> {
            try (PullImageResultCallback progress = new PullImageResultCallback()) {
                engine.client()
                        .pullImageCmd(reference.registry() + "/" + reference.repository())
                        .withTag(reference.digest().or(reference::tag).orElse("latest"))
                        .exec(progress)
                        .awaitCompletion();
                return image;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
