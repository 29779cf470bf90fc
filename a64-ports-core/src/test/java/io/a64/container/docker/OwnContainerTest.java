package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.a64.container.ContainerException;
import io.a64.container.ContainerNetwork;
import io.a64.container.docker.ContainerView.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a process in a container finds its id was measured on Docker 20.10 and read in the issues of others. */
final class OwnContainerTest {

    private static final String ID = "ab".repeat(32);
    private static final String OTHER = "cd".repeat(32);
    private static final String ADDRESS = "172.18.0.3";
    private static final String MOUNT =
            "700 690 254:1 /var/lib/docker/containers/%s/hostname /etc/hostname rw - ext4 x rw";

    @TempDir
    private Path root;

    private final Map<String, ContainerView> engine = new HashMap<>();

    @Test
    void on_a_user_defined_network_all_sources_name_the_container() throws IOException {
        mountinfo(MOUNT.formatted(ID));
        cgroup("12:cpuset:/docker/" + ID);
        hostname(ID.substring(0, 12));
        runs(ID, "platform", ADDRESS);

        assertThat(found()).contains(ID);
    }

    @Test
    void with_a_private_cgroup_name_space_the_mounts_name_it() throws IOException {
        mountinfo(MOUNT.formatted(ID));
        cgroup("0::/");
        runs(ID, "platform", ADDRESS);

        assertThat(found()).contains(ID);
    }

    @Test
    void with_files_of_the_users_own_mounted_the_cgroup_names_it() throws IOException {
        mountinfo("700 690 254:1 /home/x/hosts /etc/hosts rw - ext4 x rw");
        cgroup("5:cpu:/docker/" + ID);
        runs(ID, "platform", ADDRESS);

        assertThat(found()).contains(ID);
    }

    @Test
    void with_the_systemd_driver_the_scope_names_it() throws IOException {
        cgroup("0::/system.slice/docker-" + ID + ".scope");
        runs(ID, "platform", ADDRESS);

        assertThat(found()).contains(ID);
    }

    @Test
    void under_podman_scope_and_userdata_name_it() throws IOException {
        mountinfo("9 8 0:1 /run/containers/storage/overlay-containers/" + ID
                + "/userdata/hostname /etc/hostname rw - x x");
        cgroup("0::/machine.slice/libpod-" + ID + ".scope");
        runs(ID, "platform", ADDRESS);

        assertThat(found()).contains(ID);
    }

    @Test
    void with_docker_s_folder_on_a_mount_of_its_own_the_id_is_still_found() throws IOException {
        mountinfo("700 690 254:1 /" + ID + "/resolv.conf /etc/resolv.conf rw - ext4 x rw");
        runs(ID, "platform", ADDRESS);

        assertThat(found()).contains(ID);
    }

    @Test
    void docker_s_own_host_name_is_enough() throws IOException {
        hostname(ID.substring(0, 12));
        ContainerView view = view(ID, "platform", ADDRESS);
        engine.put(ID.substring(0, 12), view);

        assertThat(found()).contains(ID);
    }

    @Test
    void a_host_name_that_is_the_name_of_another_container_is_not_followed() throws IOException {
        hostname("lab-peer");
        engine.put("lab-peer", view(OTHER, "platform", ADDRESS));

        assertThat(found()).isEmpty();
    }

    @Test
    void a_container_without_our_address_is_not_ours() throws IOException {
        mountinfo(MOUNT.formatted(OTHER));
        runs(OTHER, "platform", "172.18.0.9");

        assertThat(found()).isEmpty();
    }

    @Test
    void a_container_that_does_not_run_is_not_ours() throws IOException {
        cgroup("12:cpuset:/docker/" + ID);
        engine.put(ID, new ContainerView(ID, false, "platform", Map.of("platform", new Endpoint("n", ADDRESS))));

        assertThat(found()).isEmpty();
    }

    @Test
    void on_the_host_s_network_there_is_a_container_without_networks() throws IOException {
        cgroup("12:cpuset:/docker/" + ID);
        engine.put(ID, new ContainerView(ID, true, "host", Map.of("host", new Endpoint("h", ""))));

        assertThat(found()).contains(ID);
        assertThat(NetworkChoice.choose(engine.get(ID), Set.of())).isEmpty();
    }

    @Test
    void who_shares_another_container_s_network_has_that_container_s_networks() throws IOException {
        cgroup("12:cpuset:/docker/" + ID);
        engine.put(ID, new ContainerView(ID, true, "container:" + OTHER, Map.of()));
        runs(OTHER, "platform", ADDRESS);

        assertThat(found()).contains(OTHER);
    }

    @Test
    void on_a_machine_there_is_none_even_with_a_dockerenv_file() throws IOException {
        Files.createFile(root.resolve(".dockerenv"));
        cgroup("12:cpuset:/user.slice");
        hostname("builder");

        assertThat(found()).isEmpty();
    }

    @Test
    void an_id_that_this_engine_does_not_know_is_none_of_its_containers() throws IOException {
        cgroup("12:cpuset:/kubepods/burstable/pod1/" + ID);

        assertThat(found()).isEmpty();
    }

    @Test
    void without_any_of_the_files_there_is_none() {
        assertThat(found()).isEmpty();
    }

    @Test
    void the_only_user_defined_network_is_chosen() {
        ContainerView own = networks("bridge", "bridge", "platform");

        assertThat(NetworkChoice.choose(own, Set.of())).contains(new ContainerNetwork("id-platform", "platform"));
    }

    @Test
    void a_network_without_a_way_out_is_not_chosen() {
        ContainerView own = networks("platform", "platform", "internal");

        assertThat(NetworkChoice.choose(own, Set.of("id-internal")))
                .contains(new ContainerNetwork("id-platform", "platform"));
    }

    @Test
    void of_several_networks_the_one_given_at_creation_is_chosen() {
        assertThat(NetworkChoice.choose(networks("shop_default", "admin", "shop_default"), Set.of()))
                .contains(new ContainerNetwork("id-shop_default", "shop_default"));
        assertThat(NetworkChoice.choose(networks("id-admin", "admin", "shop_default"), Set.of()))
                .contains(new ContainerNetwork("id-admin", "admin"));
    }

    @Test
    void several_networks_and_no_first_one_are_an_error_that_names_them_and_the_setting() {
        ContainerView own = networks("bridge", "b-net", "a-net", "bridge");

        assertThatThrownBy(() -> NetworkChoice.choose(own, Set.of()))
                .isInstanceOf(ContainerException.class)
                .hasMessageContaining("a-net, b-net")
                .hasMessageContaining("a64.docker.network");
    }

    private Optional<String> found() {
        return new OwnContainer(new OwnContainerId(root), () -> Set.of("127.0.0.1", ADDRESS))
                .find(id -> Optional.ofNullable(engine.get(id)))
                .map(ContainerView::id);
    }

    private void runs(String id, String network, String address) {
        engine.put(id, view(id, network, address));
    }

    private static ContainerView view(String id, String network, String address) {
        return new ContainerView(id, true, network, Map.of(network, new Endpoint("id-" + network, address)));
    }

    private static ContainerView networks(String mode, String... names) {
        Map<String, Endpoint> endpoints = new HashMap<>();
        for (String name : names) {
            endpoints.put(name, new Endpoint("id-" + name, ADDRESS));
        }
        return new ContainerView(ID, true, mode, endpoints);
    }

    private void mountinfo(String line) throws IOException {
        write("proc/self/mountinfo", "1 0 0:1 / / rw - overlay overlay rw\n" + line + "\n");
    }

    private void cgroup(String line) throws IOException {
        write("proc/self/cgroup", line + "\n");
    }

    private void hostname(String name) throws IOException {
        write("etc/hostname", name + "\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
