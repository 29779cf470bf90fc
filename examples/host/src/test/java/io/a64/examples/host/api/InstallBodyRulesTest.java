package io.a64.examples.host.api;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallBodyRulesTest extends ApiFixture {

    private static String replacing(String name, String value) {
        return switch (name) {
            case "module_name" -> APP.replace("\"app\"", value);
            case "docker_image" -> APP.replace("\"demo/app:1.0.0\"", value);
            default -> APP.replace("[\"8080:8080\"]", value);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "nonsense", "[]", "null", "7", "\"text\"", "{\"module_name\":\"app\",}", "{'a':1}"})
    void whatIsNoJsonObjectIsRefused(String body) {
        installRefused(body, "JSON");
    }

    @Test
    void anythingAfterTheObjectIsRefused() {
        installRefused(APP + " {}", "Trailing token");
        installRefused(APP + "]", "JSON");
    }

    @Test
    void aKeyGivenTwiceIsRefusedByName() {
        installRefused(with("\"module_name\":\"other\""), "module_name");
        installRefused(with("\"environment\":{\"K\":\"1\",\"K\":\"2\"}"), "'K'");
        installRefused(with("\"route\":{\"max_body\":\"1m\",\"max_body\":\"2m\"}"), "max_body");
    }

    @Test
    void anUnknownFieldIsRefusedByName() {
        installRefused(with("\"moduleName\":\"x\""), "unknown field moduleName");
        installRefused(with("\"route\":{\"kind\":\"path\"}"), "unknown field route.kind");
        installRefused(with("\"route\":{\"readiness\":{\"port\":1}}"), "unknown field route.readiness.port");
        installRefused(with("\"resources\":{\"disk\":\"1g\"}"), "unknown field resources.disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module_name", "docker_image", "ports"})
    void aRequiredFieldHasToBeGiven(String name) {
        installRefused(replacing(name, "null"), name);
    }

    @Test
    void anEmptyObjectLacksTheName() {
        installRefused("{}", "module_name must be given");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"version\":1|version must be a string",
                "\"version\":true|version must be a string",
                "\"license_key\":{}|license_key must be a string",
                "\"environment\":[]|environment must be an object",
                "\"environment\":{\"K\":5}|environment.K must be a string",
                "\"environment\":{\"K\":null}|environment.K",
                "\"port_pool\":1|port_pool must be a string",
                "\"port_range\":9500|port_range must be a string",
                "\"replicas\":\"1\"|replicas must be a whole number",
                "\"replicas\":1.5|replicas must be a whole number",
                "\"replicas\":true|replicas must be a whole number",
                "\"replicas\":99999999999|replicas",
                "\"route\":\"path\"|route must be an object",
                "\"route\":\"\"|route must be an object",
                "\"route\":[]|route must be an object",
                "\"resources\":{\"memory\":256}|resources.memory must be a string",
                "\"resources\":{\"cpus\":\"0.5\"}|resources.cpus must be a number"
            })
    void aWrongTypeIsRefusedByName(String member, String named) {
        installRefused(with(member), named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[\"\"]",
                "[\"x\"]",
                "[0]",
                "[65536]",
                "[-1]",
                "[8080.5]",
                "[null]",
                "[[8080]]",
                "[true]",
                "[\"8080:\"]",
                "[\"1:2:3\"]",
                "[\"8080\",8080]",
                "8080",
                "\"8080\"",
                "{}",
                "[1e400]",
                "[8080,\"99999\"]"
            })
    void portsThatAreNoneAreRefused(String ports) {
        installRefused(replacing("ports", ports), "ports");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"App\"|module_name",
                "\"-app\"|module_name",
                "\"health\"|module_name",
                "\"\"|module_name",
                "\"a/../b\"|module_name",
                "\"a\\u0000b\"|module_name",
                "\"a;return 200\"|module_name",
                "5|module_name must be a string"
            })
    void aBadNameIsRefused(String name, String named) {
        installRefused(replacing("module_name", name), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Demo/App\"", "\"demo app\"", "\"../app\"", "\"\"", "7"})
    void aBadImageIsRefused(String image) {
        installRefused(replacing("docker_image", image), "docker_image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"port_range\":\"\"|port_range",
                "\"port_range\":\"9600-9500\"|port_range",
                "\"port_range\":\"0-10\"|port_range",
                "\"port_range\":\"9500-9600\",\"port_pool\":\"media\"|port_range",
                "\"replicas\":0|replicas",
                "\"replicas\":33|replicas",
                "\"environment\":{\"1K\":\"V\"}|environment",
                "\"environment\":{\"K\":\"a\\u0000b\"}|environment.K",
                "\"resources\":{\"memory\":\"1m\"}|resources.memory",
                "\"resources\":{\"memory\":\"0\"}|resources.memory",
                "\"resources\":{\"cpus\":0}|resources.cpus",
                "\"resources\":{\"cpus\":-1}|resources.cpus"
            })
    void aBadValueIsRefusedByName(String member, String named) {
        installRefused(with(member), named);
    }

    @Test
    void whatThisVersionCannotDoIsRefusedByName() {
        installRefused(with("\"replicas\":2"), "replicas must be 1: this version does not support");
    }
}
