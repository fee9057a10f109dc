package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.claudometer.server.http.Call;
import dev.claudometer.server.http.Problem;
import dev.claudometer.server.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Styles, scripts and pictures. The name of each has a hash of its content in it, so that browsers
/// keep it for ever and still have the right one.
public final class Assets {

  private static final String CHARTS =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

  /// Name → resource. Nothing else can be asked for.
  private static final Map<String, String> RESOURCES =
      Map.ofEntries(
          Map.entry("app.css", "app.css"),
          Map.entry("palette.css", "palette.css"),
          Map.entry("plots.css", "plots.css"),
          Map.entry("app.js", "app.js"),
          Map.entry("palette.js", "palette.js"),
          Map.entry("arrivals.js", "arrivals.js"),
          Map.entry("charts.js", "charts.js"),
          Map.entry("logs.js", "logs.js"),
          Map.entry("live.js", "live.js"),
          Map.entry("theme.js", "theme.js"),
          Map.entry("icon.svg", "icon.svg"),
          Map.entry("chart.js", CHARTS));

  /// What styles name. A browser fetches each where a page has a letter of it.
  private static final List<String> FONTS = List.of("geist-latin.woff2", "geist-latin-ext.woff2");

  private final Map<String, String> addresses = new HashMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();

  public Assets() {
    FONTS.forEach(font -> read(font, font));
    RESOURCES.forEach(this::read);
  }

  private void read(String name, String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing " + resource);
      }
      byte[] content = name.endsWith(".css") ? addressed(in.readAllBytes()) : in.readAllBytes();
      int dot = name.lastIndexOf('.');
      String file = name.substring(0, dot) + "-" + hash(content) + name.substring(dot);
      addresses.put(name, "/assets/" + file);
      contents.put(file, content);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /// Styles with the addresses of the fonts that they name.
  private byte[] addressed(byte[] styles) {
    String text = new String(styles, UTF_8);
    for (String font : FONTS) {
      text = text.replace("url(" + font + ")", "url(" + address(font) + ")");
    }
    return text.getBytes(UTF_8);
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /// Where the asset is: `app.css` → `/assets/app-0123456789ab.css`.
  public String address(String name) {
    String address = addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException(name);
    }
    return address;
  }

  public Reply answer(Call call) {
    String file = call.path("file");
    byte[] content = contents.get(file);
    if (content == null) {
      throw Problem.of(404, "there is nothing here");
    }
    return new Reply(
        200,
        Map.of("Content-Type", type(file), "Cache-Control", "public, max-age=31536000, immutable"),
        content);
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.'))) {
      case ".css" -> "text/css; charset=utf-8";
      case ".js" -> "text/javascript; charset=utf-8";
      case ".woff2" -> "font/woff2";
      default -> "image/svg+xml";
    };
  }
}
