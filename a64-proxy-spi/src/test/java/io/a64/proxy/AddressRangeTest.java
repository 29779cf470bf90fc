package io.a64.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.a64.InvalidInputException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressRangeTest {

    private static final long SEED = 20_261_125;

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, true",
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "192.168.0.7, 192.168.0.7, true",
        "192.168.0.7, 192.168.0.8, false",
        "192.168.0.128/25, 192.168.0.127, false",
        "192.168.0.128/25, 192.168.0.128, true",
        "128.0.0.0/1, 255.255.255.255, true",
        "128.0.0.0/1, 127.255.255.255, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "::/0, 127.0.0.1, false",
        "::1, ::1, true",
        "::1, ::2, false",
        "fd00::/8, fdff:ffff::1, true",
        "fd00::/8, fe00::1, false",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false"
    })
    void a_range_holds_the_addresses_that_share_its_leading_bits(String range, String address, boolean inside)
            throws UnknownHostException {
        assertThat(AddressRange.parse(range).contains(InetAddress.getByName(address)))
                .isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "all",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/255.0.0.0",
                "10.0.0.1/8",
                "10.0.0/8",
                "010.0.0.0/8",
                "127.1",
                "0x7f.0.0.1",
                "::1/129",
                "::1/127",
                "FD00::/8",
                "fe80::1%eth0",
                ":::",
                "1:2",
                "g::",
                "::ffff:10.0.0.1",
                "::ffff:a00:1",
                "::ffff:a00:0/8",
                "10.0.0.0/8;",
                "10.0.0.0/8\n",
                " 10.0.0.0/8",
                "unix:",
                "localhost"
            })
    void a_text_that_is_no_range_is_refused(String text) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> AddressRange.parse(text));
    }

    @Test
    void the_notation_reads_back_as_the_range_that_wrote_it() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1000; i++) {
            AddressRange range = RandomOptions.range(random);

            assertThat(AddressRange.parse(range.text()))
                    .as("seed %d, number %d", SEED, i)
                    .isEqualTo(range);
        }
    }

    @Test
    void a_range_holds_its_first_and_last_address_and_not_their_neighbours() throws UnknownHostException {
        Random random = new Random(SEED);
        for (int i = 0; i < 1000; i++) {
            int length = 1 + random.nextInt(32);
            BigInteger size = BigInteger.ONE.shiftLeft(32 - length);
            BigInteger first = new BigInteger(32, random).divide(size).multiply(size);
            AddressRange range = AddressRange.parse(address(first).getHostAddress() + "/" + length);

            assertThat(range.contains(address(first))).as(range.text()).isTrue();
            assertThat(range.contains(address(first.add(size).subtract(BigInteger.ONE))))
                    .as(range.text())
                    .isTrue();
            assertThat(range.contains(address(first.add(size))))
                    .as(range.text())
                    .isFalse();
            assertThat(range.contains(address(first.subtract(BigInteger.ONE))))
                    .as(range.text())
                    .isFalse();
        }
    }

    private static InetAddress address(BigInteger number) throws UnknownHostException {
        int bits = number.intValue();
        return InetAddress.getByAddress(
                new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits});
    }
}
