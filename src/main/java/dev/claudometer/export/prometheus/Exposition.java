package dev.claudometer.export.prometheus;

import dev.claudometer.metric.Family;
import dev.claudometer.metric.Samples;
import dev.claudometer.metric.Series;
import dev.claudometer.metric.Type;
import dev.claudometer.metric.Unit;
import dev.claudometer.metric.Value.Distribution;
import dev.claudometer.metric.Value.Exact;
import dev.claudometer.metric.Value.Quantile;
import dev.claudometer.metric.Value.Quantiles;
import dev.claudometer.metric.Value.Real;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Writes families as text that Prometheus reads: the text format 0.0.4 or OpenMetrics 1.0.
final class Exposition {

  private static final String TOTAL = "_total";

  private final Format format;
  private final Set<String> names;
  private final Bytes out = new Bytes();

  private Exposition(Format format, Set<String> names) {
    this.format = format;
    this.names = names;
  }

  static Bytes write(List<Samples> families, Format format) {
    Set<String> names =
        families.stream().map(samples -> samples.family().name()).collect(Collectors.toSet());
    var exposition = new Exposition(format, names);
    families.forEach(exposition::family);
    if (format == Format.OPEN_METRICS) {
      exposition.out.line();
      exposition.out.plain("# EOF\n");
    }
    return exposition.out;
  }

  /// Compresses what was written, quickly rather than well.
  static byte[] gzip(Bytes text) {
    var compressed = new ByteArrayOutputStream(text.length() / 8 + 64);
    try (var gzip =
        new GZIPOutputStream(compressed, 8 << 10) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      text.read().transferTo(gzip);
    } catch (IOException memoryDoesNotFail) {
      throw new UncheckedIOException(memoryDoesNotFail);
    }
    return compressed.toByteArray();
  }

  private void family(Samples samples) {
    Family family = samples.family();
    String name = name(family);
    comment("TYPE", name);
    out.plain(type(family));
    out.put('\n');
    String unit = family.unit().name().toLowerCase(Locale.ROOT);
    if (format == Format.OPEN_METRICS && family.unit() != Unit.NONE && name.endsWith("_" + unit)) {
      comment("UNIT", name);
      out.plain(unit);
      out.put('\n');
    }
    comment("HELP", name);
    out.escaped(family.help(), format == Format.OPEN_METRICS);
    out.put('\n');
    for (Series series : samples.series()) {
      series(family, series);
    }
  }

  /// In OpenMetrics the suffix of a counter belongs to its sample, not to its family.
  private String name(Family family) {
    return format == Format.OPEN_METRICS && family.type() == Type.COUNTER && !misnamed(family)
        ? bare(family)
        : family.name();
  }

  private String type(Family family) {
    boolean unknown = format == Format.OPEN_METRICS && misnamed(family);
    return unknown ? "unknown" : family.type().name().toLowerCase(Locale.ROOT);
  }

  /// OpenMetrics has no counter without the suffix, and none whose name without it is that of
  /// another family.
  private boolean misnamed(Family family) {
    return family.type() == Type.COUNTER
        && (!family.name().endsWith(TOTAL) || names.contains(bare(family)));
  }

  private static String bare(Family family) {
    return family.name().substring(0, family.name().length() - TOTAL.length());
  }

  private void comment(String keyword, String name) {
    out.line();
    out.plain("# ");
    out.plain(keyword);
    out.put(' ');
    out.plain(name);
    out.put(' ');
  }

  private void series(Family family, Series series) {
    switch (series.value()) {
      case Exact exact -> {
        begin(family, "", series);
        end(exact);
      }
      case Real(double number) -> {
        begin(family, "", series);
        end(number);
      }
      case Distribution distribution -> distribution(family, series, distribution);
      case Quantiles quantiles -> quantiles(family, series, quantiles);
    }
  }

  private void distribution(Family family, Series series, Distribution distribution) {
    out.line();
    int from = out.length();
    open(family, "_bucket", series, "le");
    byte[] beginning = out.since(from);
    long count = 0;
    for (int i = 0; i < distribution.counts().size(); i++) {
      if (i > 0) {
        out.line();
        out.again(beginning);
      }
      count += distribution.counts().get(i);
      out.plain(i < family.bounds().size() ? number(family.bounds().get(i)) : "+Inf");
      out.plain("\"} ");
      end(Exact.of(count));
    }
    begin(family, "_sum", series);
    end(distribution.sum());
    begin(family, "_count", series);
    end(Exact.of(count));
  }

  private void quantiles(Family family, Series series, Quantiles quantiles) {
    for (Quantile quantile : quantiles.quantiles()) {
      out.line();
      open(family, "", series, "quantile");
      out.plain(number(BigDecimal.valueOf(quantile.share())));
      out.plain("\"} ");
      end(quantile.value());
    }
    begin(family, "_sum", series);
    end(quantiles.sum());
    begin(family, "_count", series);
    end(Exact.of(quantiles.count()));
  }

  /// OpenMetrics writes numbers in labels as floats.
  private String number(BigDecimal number) {
    String plain = number.toPlainString();
    return format == Format.OPEN_METRICS && !plain.contains(".") ? plain + ".0" : plain;
  }

  /// Name and labels.
  private void begin(Family family, String suffix, Series series) {
    out.line();
    out.plain(family.name());
    out.plain(suffix);
    if (!series.labels().isEmpty()) {
      labels(family, series);
      out.put('}');
    }
    out.put(' ');
  }

  /// Name, labels, and the beginning of one label more.
  private void open(Family family, String suffix, Series series, String label) {
    out.plain(family.name());
    out.plain(suffix);
    labels(family, series);
    out.put(series.labels().isEmpty() ? '{' : ',');
    out.plain(label);
    out.plain("=\"");
  }

  private void labels(Family family, Series series) {
    for (int i = 0; i < series.labels().size(); i++) {
      out.put(i == 0 ? '{' : ',');
      out.plain(family.labels().get(i));
      out.plain("=\"");
      out.label(series.labels().get(i));
      out.put('"');
    }
  }

  private void end(Exact value) {
    out.decimal(value.units(), value.scale());
    out.put('\n');
  }

  private void end(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.number((long) value);
    } else {
      out.plain(number(value));
    }
    out.put('\n');
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return Double.toString(value);
  }
}
