package io.a64.proxy;

import io.a64.InvalidInputException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses in CIDR notation (RFC 4632).
 *
 * @param address the first address, a dotted IPv4 or lower-case IPv6 literal
 * @param prefixLength how many leading bits the addresses of the range share
 */
public record AddressRange(String address, int prefixLength) {

    private static final Pattern NOTATION = Pattern.compile("([0-9a-f.:]{2,39})(?:/([0-9]{1,3}))?");

    public AddressRange {
        InetAddress first = IpLiteral.parse(address)
                .orElseThrow(() -> invalid(address, "begin with an IPv4 or lower-case IPv6 literal"));
        int bits = first.getAddress().length * Byte.SIZE;
        if (prefixLength < 0 || prefixLength > bits) {
            throw invalid(address + "/" + prefixLength, "have a prefix length of 0 to " + bits);
        }
        boolean isFirst = number(first).getLowestSetBit() < 0 || number(first).getLowestSetBit() >= bits - prefixLength;
        if (!isFirst) {
            throw invalid(address + "/" + prefixLength, "begin with the first address of the range");
        }
    }

    private static InvalidInputException invalid(String value, String rule) {
        return new InvalidInputException("address range", value, rule);
    }

    /**
     * Returns the range of this notation, {@code 10.0.0.0/8}; an address alone is a range of one.
     *
     * @throws InvalidInputException if it is none
     */
    public static AddressRange parse(String text) {
        Objects.requireNonNull(text, "address range");
        Matcher matcher = NOTATION.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text, "be such as 10.0.0.0/8, 192.168.0.7 or fd00::/8");
        }
        String length = matcher.group(2);
        int longest = matcher.group(1).indexOf(':') >= 0 ? 128 : 32;
        return new AddressRange(matcher.group(1), length == null ? longest : Integer.parseInt(length));
    }

    /** Returns whether the address lies in the range. */
    public boolean contains(InetAddress candidate) {
        byte[] bytes = candidate.getAddress();
        InetAddress first = IpLiteral.parse(address).orElseThrow();
        int shift = bytes.length * Byte.SIZE - prefixLength;
        return bytes.length == first.getAddress().length
                && number(candidate).shiftRight(shift).equals(number(first).shiftRight(shift));
    }

    private static BigInteger number(InetAddress of) {
        return new BigInteger(1, of.getAddress());
    }

    /** Returns the notation. */
    public String text() {
        return address + "/" + prefixLength;
    }
}
