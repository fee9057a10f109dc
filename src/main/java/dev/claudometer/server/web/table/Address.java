package dev.claudometer.server.web.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a page is: `/sessions?project=loom&sort=cost`. What a page is about stands in its address,
/// so that a link, the back button and a bookmark lead to the same figures.
public record Address(String path, List<Parameter> parameters) {

  /// A parameter, decoded.
  public record Parameter(String name, String value) {

    private String written() {
      return encoded(name) + "=" + encoded(value);
    }
  }

  public static Address of(String uri) {
    int mark = uri.indexOf('?');
    if (mark < 0) {
      return new Address(uri, List.of());
    }
    List<Parameter> parameters =
        Stream.of(uri.substring(mark + 1).split("&"))
            .filter(part -> !part.isEmpty())
            .map(Address::parameter)
            .toList();
    return new Address(uri.substring(0, mark), parameters);
  }

  private static Parameter parameter(String part) {
    int sign = part.indexOf('=');
    return sign < 0
        ? new Parameter(decoded(part), "")
        : new Parameter(decoded(part.substring(0, sign)), decoded(part.substring(sign + 1)));
  }

  /// The first value; empty where there is none.
  public String value(String name) {
    return parameters.stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst()
        .orElse("");
  }

  /// With this value instead of those that it has.
  public Address with(String name, String value) {
    List<Parameter> others = new ArrayList<>(without(name).parameters);
    others.add(new Parameter(name, value));
    return new Address(path, List.copyOf(others));
  }

  public Address without(String... names) {
    return where(parameter -> !Set.of(names).contains(parameter.name()));
  }

  /// With these parameters only.
  public Address only(Set<String> names) {
    return where(parameter -> names.contains(parameter.name()));
  }

  private Address where(Predicate<Parameter> wanted) {
    return new Address(path, parameters.stream().filter(wanted).toList());
  }

  /// Another page, about the same.
  public Address at(String other) {
    return new Address(other, parameters);
  }

  public String text() {
    return parameters.isEmpty()
        ? path
        : path
            + parameters.stream().map(Parameter::written).collect(Collectors.joining("&", "?", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /// What cannot be decoded stays as it is.
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }
}
