package dev.claudometer.server.api.kept;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.report.Beginnings;
import dev.claudometer.report.RollingPeriod;
import dev.claudometer.server.auth.Access;
import dev.claudometer.server.http.Problem;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a view is: one of this server's pages, and what is asked of it.
record ViewAddress(String path, List<Parameter> parameters) {

  private static final int LONGEST = 2_000;

  /// Pages that show figures, with who may open them.
  static final Map<String, Access> PAGES =
      Map.ofEntries(
          Map.entry("/", Access.VIEWER),
          Map.entry("/sessions", Access.VIEWER),
          Map.entry("/session", Access.VIEWER),
          Map.entry("/people-usage", Access.VIEWER),
          Map.entry("/person", Access.VIEWER),
          Map.entry("/projects", Access.VIEWER),
          Map.entry("/project", Access.VIEWER),
          Map.entry("/branches", Access.VIEWER),
          Map.entry("/branch", Access.VIEWER),
          Map.entry("/models", Access.VIEWER),
          Map.entry("/model", Access.VIEWER),
          Map.entry("/devices", Access.VIEWER),
          Map.entry("/device", Access.VIEWER),
          Map.entry("/limits", Access.VIEWER),
          Map.entry("/limits/why", Access.VIEWER),
          Map.entry("/what-if", Access.VIEWER),
          Map.entry("/quality", Access.FLEET),
          Map.entry("/organization", Access.FINANCE),
          Map.entry("/organization/reports", Access.FINANCE));

  /// Where a reader is in a long list, and in which form: not what a view is about.
  private static final Set<String> PASSING = Set.of("as", "table", "after", "skip");

  /// A parameter, decoded.
  record Parameter(String name, String value) {

    private String written() {
      return URLEncoder.encode(name, UTF_8) + "=" + URLEncoder.encode(value, UTF_8);
    }
  }

  /// Reads an address that somebody sends.
  ///
  /// @throws Problem 422 where no page that shows figures is there
  static ViewAddress sent(@Nullable String text) {
    String address = text == null ? "" : text;
    ViewAddress read = address.length() > LONGEST ? new ViewAddress("", List.of()) : of(address);
    if (!PAGES.containsKey(read.path)) {
      throw Problem.of(
          422,
          "'address' has to be that of a page with figures, such as /sessions?project=loom, of at"
              + " most 2,000 letters");
    }
    return read;
  }

  /// Reads an address that is kept.
  static ViewAddress of(String text) {
    int mark = text.indexOf('?');
    String query = mark < 0 ? "" : text.substring(mark + 1).replaceAll("#.*", "");
    return new ViewAddress(
        mark < 0 ? text.replaceAll("#.*", "") : text.substring(0, mark),
        Stream.of(query.split("&"))
            .map(ViewAddress::parameter)
            .filter(one -> !one.value().isEmpty() && !PASSING.contains(one.name()))
            .toList());
  }

  private static Parameter parameter(String part) {
    int sign = part.indexOf('=');
    return sign < 1
        ? new Parameter("", "")
        : new Parameter(decoded(part.substring(0, sign)), decoded(part.substring(sign + 1)));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  Access access() {
    return Objects.requireNonNullElse(PAGES.get(path), Access.ADMIN);
  }

  /// All values that are asked for by a name.
  Set<String> values(String name) {
    return parameters.stream()
        .filter(one -> one.name().equals(name))
        .map(Parameter::value)
        .collect(Collectors.toSet());
  }

  /// What days that go on with the calendar are today.
  ViewAddress in(RollingPeriod period, LocalDate today, Beginnings beginnings) {
    Stream<Parameter> days =
        Stream.of(
            new Parameter("from", period.from(today, beginnings).toString()),
            new Parameter("to", period.to(today, beginnings).toString()));
    return new ViewAddress(path, Stream.concat(withoutDays().parameters.stream(), days).toList());
  }

  ViewAddress withoutDays() {
    return new ViewAddress(
        path,
        parameters.stream()
            .filter(one -> !one.name().equals("from") && !one.name().equals("to"))
            .toList());
  }

  String text() {
    String query = parameters.stream().map(Parameter::written).collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }
}
