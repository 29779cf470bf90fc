package io.a64.examples.host.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.a64.examples.host.HostClient.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallBodyRulesTest extends ApiFixture {

    private static String with(String member) {
        return APP.substring(0, APP.length() - 1) + "," + member + "}";
    }

    private static String replacing(String name, String value) {
        return switch (name) {
            case "module_name" -> APP.replace("\"app\"", value);
            case "docker_image" -> APP.replace("\"demo/app:1.0.0\"", value);
            default -> APP.replace("[\"8080:8080\"]", value);
        };
    }

    private void refused(String body, String named) {
        Answer answer = client.install(body);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.detail()).contains(named);
        assertThat(deployer.specs).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "nonsense", "[]", "null", "7", "\"text\"", "{\"module_name\":\"app\",}", "{'a':1}"})
    void whatIsNoJsonObjectIsRefused(String body) {
        refused(body, "JSON");
    }

    @Test
    void anythingAfterTheObjectIsRefused() {
        refused(APP + " {}", "Trailing token");
        refused(APP + "]", "JSON");
    }

    @Test
    void aKeyGivenTwiceIsRefusedByName() {
        refused(with("\"module_name\":\"other\""), "module_name");
        refused(with("\"environment\":{\"K\":\"1\",\"K\":\"2\"}"), "'K'");
        refused(with("\"route\":{\"max_body\":\"1m\",\"max_body\":\"2m\"}"), "max_body");
    }

    @Test
    void anUnknownFieldIsRefusedByName() {
        refused(with("\"moduleName\":\"x\""), "unknown field moduleName");
        refused(with("\"route\":{\"kind\":\"path\"}"), "unknown field route.kind");
        refused(with("\"route\":{\"readiness\":{\"port\":1}}"), "unknown field route.readiness.port");
        refused(with("\"resources\":{\"disk\":\"1g\"}"), "unknown field resources.disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"module_name", "docker_image", "ports"})
    void aRequiredFieldHasToBeGiven(String name) {
        refused(replacing(name, "null"), name);
    }

    @Test
    void anEmptyObjectLacksTheName() {
        refused("{}", "module_name must be given");
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
                "\"route\":{\"websocket\":\"true\"}|route.websocket must be true or false",
                "\"route\":{\"websocket\":1}|route.websocket must be true or false",
                "\"route\":{\"max_body\":10}|route.max_body must be a string",
                "\"route\":{\"read_timeout_seconds\":\"60\"}|route.read_timeout_seconds must be a whole number",
                "\"route\":{\"readiness\":\"/health\"}|route.readiness must be an object",
                "\"resources\":{\"memory\":256}|resources.memory must be a string",
                "\"resources\":{\"cpus\":\"0.5\"}|resources.cpus must be a number"
            })
    void aWrongTypeIsRefusedByName(String member, String named) {
        refused(with(member), named);
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
        refused(replacing("ports", ports), "ports");
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
        refused(replacing("module_name", name), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Demo/App\"", "\"demo app\"", "\"../app\"", "\"\"", "7"})
    void aBadImageIsRefused(String image) {
        refused(replacing("docker_image", image), "docker_image");
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
                "\"route\":{\"type\":\"host\"}|route.type",
                "\"route\":{\"max_body\":\"much\"}|route.max_body",
                "\"route\":{\"max_body\":\"0\"}|route.max_body",
                "\"route\":{\"max_body\":\"999999999999999999g\"}|route.max_body",
                "\"route\":{\"read_timeout_seconds\":0}|route.read_timeout_seconds",
                "\"route\":{\"read_timeout_seconds\":9223372036854775807}|route.read_timeout_seconds",
                "\"route\":{\"readiness\":{\"path\":\"health\"}}|route.readiness.path",
                "\"route\":{\"readiness\":{\"timeout_seconds\":0}}|route.readiness.timeout_seconds",
                "\"route\":{\"readiness\":{\"timeout_seconds\":3601}}|route.readiness.timeout_seconds",
                "\"resources\":{\"memory\":\"1m\"}|resources.memory",
                "\"resources\":{\"memory\":\"0\"}|resources.memory",
                "\"resources\":{\"cpus\":0}|resources.cpus",
                "\"resources\":{\"cpus\":-1}|resources.cpus"
            })
    void aBadValueIsRefusedByName(String member, String named) {
        refused(with(member), named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"replicas\":2|replicas",
                "\"route\":{\"rate_limit\":{\"requests_per_second\":50,\"burst\":100}}|route.rate_limit",
                "\"route\":{\"auth_request\":\"/login/check\"}|route.auth_request",
                "\"route\":{\"raw_path\":true}|route.raw_path"
            })
    void whatThisVersionCannotDoIsRefusedByName(String member, String named) {
        refused(with(member), named);
        refused(with(member), "this version does not support");
    }
}
