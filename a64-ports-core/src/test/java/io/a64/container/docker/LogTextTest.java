package io.a64.container.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LogTextTest {

    private final LogText text = new LogText();

    @Test
    void lines_come_together_across_pieces() {
        add("one\ntw");
        add("o\r\nthree");

        assertThat(text.lastLines(10)).containsExactly("one", "two", "three");
    }

    @Test
    void the_last_lines_are_given() {
        add("one\ntwo\n\nthree\n");

        assertThat(text.lastLines(2)).containsExactly("", "three");
    }

    @Test
    void nothing_written_is_no_line() {
        assertThat(text.lastLines(10)).isEmpty();
    }

    @Test
    void characters_that_drive_a_terminal_or_reorder_text_are_replaced() {
        add("a\u001b[2Jb\tc\u202ed\u0000e\u2028f\r");

        assertThat(text.lastLines(1)).containsExactly("a?[2Jb c?d?e?f?");
    }

    @Test
    void characters_cut_by_a_piece_are_whole_again() {
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        text.add(new byte[] {euro[0]});
        text.add(new byte[] {euro[1], euro[2]});

        assertThat(text.lastLines(1)).containsExactly("€");
    }

    @Test
    void a_flood_is_cut_to_its_end() {
        for (int i = 0; i < 10_000; i++) {
            add("line " + i + " of many, many lines\n");
        }
        add("x".repeat(200_000));

        assertThat(text.lastLines(5000)).hasSizeLessThan(5000).last().asString().hasSizeLessThan(3000);
    }

    private void add(String piece) {
        text.add(piece.getBytes(StandardCharsets.UTF_8));
    }
}
