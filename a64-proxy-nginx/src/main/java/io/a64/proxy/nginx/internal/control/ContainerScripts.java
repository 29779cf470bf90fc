package io.a64.proxy.nginx.internal.control;

import io.a64.proxy.nginx.internal.control.Machine.Matched;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a container's shell is asked, and how its answers are read. One script is one round trip to the container. */
final class ContainerScripts {

    /**
     * Gets a boundary and include patterns. Each pattern, file and unreadable entry has a line of the boundary, a word
     * and a path; a file's text follows, and a line end that is not part of it.
     */
    static final String READ = """
            boundary=$1
            shift
            IFS=
            for pattern; do
              printf '%s pattern %s\\n' "$boundary" "$pattern"
              for file in $pattern; do
                if [ -f "$file" ] && [ -r "$file" ]; then
                  printf '%s file %s\\n' "$boundary" "$file"
                  cat "$file" || exit 1
                  printf '\\n'
                elif [ -e "$file" ] || [ -h "$file" ]; then
                  printf '%s unreadable %s\\n' "$boundary" "$file"
                fi
              done
            done
            """;

    /** Gets a file and pieces of its text for {@code printf %b}. */
    static final String WRITE = """
            file=$1
            shift
            rm -f "$file" && printf '%b' "$@" >"$file"
            """;

    /** Gets a file. */
    static final String DELETE = "rm -f \"$1\"";

    /** Gets a pid file; writes what it says, then a line of id and title for the process and each of its children. */
    static final String FAMILY = """
            [ -f "$1" ] || exit 0
            pid=
            read -r pid <"$1"
            printf '%s\\n' "$pid"
            case $pid in ''|*[!0-9]*) exit 0 ;; esac
            for stat in /proc/[0-9]*/stat; do
              { read -r line <"$stat"; } 2>/dev/null || continue
              child=${stat#/proc/}
              child=${child%/stat}
              set -- ${line##*) }
              if [ "$child" = "$pid" ] || [ "$2" = "$pid" ]; then
                printf '%s ' "$child"
                cat "/proc/$child/cmdline" 2>/dev/null
                printf '\\n'
              fi
            done
            """;

    /** Gets a log; fails if it is no file. */
    static final String SIZE = "[ -f \"$1\" ] && wc -c <\"$1\"";

    /** Gets a log and its former size. */
    static final String SINCE = "tail -c \"+$(($2 + 1))\" \"$1\" | head -c 65536";

    /** What an argument of a command may be long, with room for the escapes: Linux allows 128 KiB. */
    private static final int LONGEST_PIECE = 24 * 1024;

    private ContainerScripts() {}

    static Map<Path, Matched> readFiles(String output, String boundary) {
        Map<Path, Matched> found = new HashMap<>();
        Matched matched = new Matched(new TreeMap<>(), new ArrayList<>());
        for (String part : output.split(boundary + " ", -1)) {
            int lineEnd = part.indexOf('\n');
            if (lineEnd < 0) {
                continue; // nothing stands before the first boundary
            }
            int blank = part.indexOf(' ');
            Path path = Path.of(utf8(part.substring(blank + 1, lineEnd)));
            switch (part.substring(0, blank)) {
                case "pattern" -> {
                    matched = new Matched(new TreeMap<>(), new ArrayList<>());
                    found.put(path, matched);
                }
                case "file" -> matched.texts().put(path, part.substring(lineEnd + 1, part.length() - 1));
                default -> matched.unreadable().add(path);
            }
        }
        return found;
    }

    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Returns a text in pieces of plain ASCII, for {@code printf %b}. */
    static List<String> printable(String text) {
        List<String> pieces = new ArrayList<>();
        for (int begin = 0; begin < text.length(); begin += LONGEST_PIECE) {
            StringBuilder piece = new StringBuilder();
            text.substring(begin, Math.min(text.length(), begin + LONGEST_PIECE))
                    .chars()
                    .forEach(c -> piece.append(escaped((char) c)));
            pieces.add(piece.toString());
        }
        return pieces;
    }

    private static String escaped(char c) {
        boolean plain = (c >= ' ' && c < 0x7f && c != '\\') || c == '\n' || c == '\t';
        return plain ? Character.toString(c) : String.format("\\0%03o", (int) c);
    }

    static Optional<ProcessFamily> family(String output) {
        List<String> lines = output.lines().toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String pid = lines.get(0).strip();
        String title = "";
        Map<Long, String> children = new HashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int blank = line.indexOf(' ');
            String id = line.substring(0, blank);
            String words = line.substring(blank).replace('\0', ' ').strip();
            if (id.equals(pid)) {
                title = words;
            } else {
                children.put(Long.valueOf(id), words);
            }
        }
        return Optional.of(new ProcessFamily(pid, title, children));
    }
}
