package io.a64.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms. There is no list of exemptions. */
final class ArchitectureTest {

    private static final String[] LEAF = {"io.a64", "io.a64.spi", "io.a64.probe", "io.a64.proxy", "io.a64.proxy.spi"};
    private static final String[] API = {
        "io.a64.ports",
        "io.a64.ports.spi",
        "io.a64.ports.event",
        "io.a64.container",
        "io.a64.container.spi",
        "io.a64.module",
        "io.a64.deploy",
        "io.a64.deploy.spi",
        "io.a64.deploy.event"
    };
    private static final String[] PLATFORM = {"java..", "org.jspecify.."};
    private static final String[] IN_MEMORY = {
        "io.a64.ports.memory", "io.a64.container.memory", "io.a64.proxy.memory", "io.a64.deploy.memory"
    };

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.a64");

    @Test
    void the_proxy_spi_is_a_leaf() {
        classes()
                .that()
                .resideInAnyPackage(LEAF)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(join(LEAF, PLATFORM))
                .check(CLASSES);
    }

    @Test
    void the_api_sees_the_proxy_spi_and_nothing_else() {
        classes()
                .that()
                .resideInAnyPackage(API)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(join(join(LEAF, API), PLATFORM))
                .check(CLASSES);
    }

    @Test
    void nginx_sees_the_proxy_spi_freemarker_and_the_log() {
        classes()
                .that()
                .resideInAPackage("io.a64.proxy.nginx..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(join(join(LEAF, PLATFORM), "io.a64.proxy.nginx..", "freemarker..", "org.slf4j.."))
                .check(CLASSES);
    }

    @Test
    void the_in_memory_mode_needs_no_third_party_library() {
        classes()
                .that()
                .resideInAnyPackage(IN_MEMORY)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(join(
                        join(join(LEAF, API), join(PLATFORM, IN_MEMORY)),
                        "io.a64.ports.registry",
                        "io.a64.container.hostports",
                        "com.sun.net.httpserver..",
                        "org.slf4j.."))
                .check(CLASSES);
    }

    @Test
    void every_driver_stays_in_its_room() {
        staysIn("io.a64..mongo..", "com.mongodb..", "org.bson..");
        staysIn("io.a64.container.docker..", "com.github.dockerjava..", "org.apache.hc..");
        staysIn("io.a64.proxy.nginx..", "freemarker..");
        staysIn("io.a64.examples..", "io.undertow..");
    }

    private static void staysIn(String room, String... drivers) {
        noClasses()
                .that()
                .resideOutsideOfPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(drivers)
                .check(CLASSES);
    }

    @Test
    void nothing_depends_on_the_engine_but_its_entry() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.a64.core..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.a64.core..")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.a64.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void there_is_no_mutable_static_state() {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage("io.a64..")
                .and()
                .areStatic()
                .should()
                .beFinal()
                .check(CLASSES);
    }

    @Test
    void the_slf4j_fluent_api_is_not_used_because_hosts_may_have_an_older_slf4j() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.slf4j.spi..")
                .check(CLASSES);
    }

    @Test
    void every_package_lives_in_one_jar() {
        Map<String, Set<String>> jars = new TreeMap<>();
        for (JavaClass type : CLASSES) {
            jars.computeIfAbsent(type.getPackageName(), name -> new TreeSet<>()).add(root(type));
        }
        assertThat(jars)
                .isNotEmpty()
                .allSatisfy((name, roots) ->
                        assertThat(roots).as("places of package " + name).hasSize(1));
    }

    private static String root(JavaClass type) {
        String place = type.getSource().orElseThrow().getUri().toString();
        return place.substring(0, place.length() - (type.getName().length() + ".class".length()));
    }

    @Test
    void every_package_is_null_marked() {
        assertThat(CLASSES.stream()
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .map(JavaClass::getPackage)
                        .distinct()
                        .filter(room -> !room.getName().endsWith("testkit"))
                        .filter(room -> !room.isAnnotatedWith(NullMarked.class))
                        .map(room -> room.getName()))
                .isEmpty();
    }

    @Test
    void what_is_public_is_final_unless_it_is_meant_to_be_extended() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(type -> !type.isInterface() && !type.isEnum())
                        .filter(type -> !type.getModifiers().contains(JavaModifier.FINAL))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    private static String[] join(String[] first, String... second) {
        return Stream.concat(Stream.of(first), Stream.of(second)).toArray(String[]::new);
    }
}
