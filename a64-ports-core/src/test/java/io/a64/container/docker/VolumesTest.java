package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.container.docker.Volumes.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VolumesTest {

    private static final Path HOST = Path.of("/nowhere/data");

    private static Volumes volumes(Mount... mounts) {
        return new Volumes(List.of(mounts));
    }

    private static Mount mount(Path source, String destination) {
        return new Mount(source, Path.of(destination));
    }

    @Test
    void a_path_below_a_mount_is_seen_below_its_destination_and_back() {
        Volumes volumes = volumes(mount(HOST, "/srv"));

        assertThat(volumes.inside(HOST.resolve("a/b"))).contains(Path.of("/srv/a/b"));
        assertThat(volumes.inside(HOST)).contains(Path.of("/srv"));
        assertThat(volumes.outside(Path.of("/srv/a/b"))).contains(HOST.resolve("a/b"));
    }

    @Test
    void a_path_beside_all_mounts_is_not_seen() {
        Volumes volumes = volumes(mount(HOST, "/srv"));

        assertThat(volumes.inside(Path.of("/nowhere/data2"))).isEmpty();
        assertThat(volumes.outside(Path.of("/srvx"))).isEmpty();
    }

    @Test
    void of_nested_mounts_the_deepest_one_counts() {
        Volumes volumes = volumes(mount(HOST, "/srv"), mount(HOST.resolve("inner"), "/inner"));

        assertThat(volumes.inside(HOST.resolve("inner/x"))).contains(Path.of("/inner/x"));
    }

    @Test
    void what_another_mount_hides_is_not_seen() {
        Volumes volumes = volumes(mount(HOST, "/srv"), mount(Path.of("/other"), "/srv/sub"));

        assertThat(volumes.inside(HOST.resolve("sub/x"))).isEmpty();
        assertThat(volumes.inside(HOST.resolve("else/x"))).contains(Path.of("/srv/else/x"));
    }

    @Test
    void a_source_that_is_a_link_is_known_by_what_it_leads_to(@TempDir Path folder) throws IOException {
        Path real = Files.createDirectory(folder.toRealPath().resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        assertThat(volumes(mount(link, "/srv")).inside(real.resolve("x"))).contains(Path.of("/srv/x"));
    }
}
