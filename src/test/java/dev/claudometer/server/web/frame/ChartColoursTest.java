package dev.claudometer.server.web.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The colours of charts can be told apart by every eye, in both themes: by CIEDE2000, seen as with
/// full protanopia, deuteranopia and tritanopia (Machado, Oliveira, Fernandes 2009).
class ChartColoursTest {

  private static final int LEAST = 15;
  private static final Pattern COLOUR =
      Pattern.compile("--((?:opus|sonnet|haiku|fable|mythos)-[12]|other): #([0-9a-f]{6})");

  private static final Map<String, double[][]> EYES =
      Map.of(
          "normal", new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
          "protanopia",
              new double[][] {
                {0.152286, 1.052583, -0.204868},
                {0.114503, 0.786281, 0.099216},
                {-0.003882, -0.048116, 1.051998}
              },
          "deuteranopia",
              new double[][] {
                {0.367322, 0.860646, -0.227968},
                {0.280085, 0.672501, 0.047413},
                {-0.01182, 0.04294, 0.968881}
              },
          "tritanopia",
              new double[][] {
                {1.255528, -0.076749, -0.178779},
                {-0.078411, 0.930809, 0.147602},
                {0.004733, 0.691367, 0.3039}
              });

  private record Colour(String name, int rgb) {}

  @Test
  void anyTwoColoursOfAChartAreApartForEveryEye() throws IOException {
    List<Colour> all = colours();
    assertThat(all).as("light, dark by the system, dark by choice").hasSize(33);
    for (int theme = 0; theme < 33; theme += 11) {
      List<Colour> colours = all.subList(theme, theme + 11);
      EYES.forEach(
          (eye, matrix) -> assertThat(tooClose(colours, matrix)).as(eye + " " + colours).isEmpty());
    }
  }

  /// Two pairs of the test data of Sharma, Wu and Dalal (2005).
  @Test
  void distanceIsThatOfThePublishedPairs() {
    assertThat(apart(new double[] {50, 2.6772, -79.7751}, new double[] {50, 0, -82.7485}))
        .isCloseTo(2.0425, within(0.0001));
    assertThat(
            apart(
                new double[] {60.2574, -34.0099, 36.2677},
                new double[] {60.4626, -34.1751, 39.4387}))
        .isCloseTo(1.2644, within(0.0001));
  }

  private static List<Colour> colours() throws IOException {
    try (InputStream in = Assets.class.getResourceAsStream("app.css")) {
      String css = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return COLOUR
          .matcher(css)
          .results()
          .map(found -> new Colour(found.group(1), Integer.parseInt(found.group(2), 16)))
          .toList();
    }
  }

  private static List<String> tooClose(List<Colour> colours, double[][] eye) {
    List<String> close = new ArrayList<>();
    for (Colour one : colours) {
      for (Colour other : colours.subList(colours.indexOf(one) + 1, colours.size())) {
        double apart = apart(lab(one.rgb(), eye), lab(other.rgb(), eye));
        if (apart < LEAST) {
          close.add(one.name() + " " + other.name() + " " + apart);
        }
      }
    }
    return close;
  }

  private static double[] lab(int rgb, double[][] eye) {
    double[] light = {linear((rgb >> 16) & 255), linear((rgb >> 8) & 255), linear(rgb & 255)};
    double[] seen = new double[3];
    for (int i = 0; i < 3; i++) {
      seen[i] =
          Math.clamp(eye[i][0] * light[0] + eye[i][1] * light[1] + eye[i][2] * light[2], 0.0, 1.0);
    }
    double x = root((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
    double y = root(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.072175 * seen[2]);
    double z = root((0.0193339 * seen[0] + 0.119192 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double linear(int part) {
    double value = part / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private static double root(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }

  private static double apart(double[] one, double[] other) {
    double mean = (Math.hypot(one[1], one[2]) + Math.hypot(other[1], other[2])) / 2;
    double g = 1.5 - 0.5 * Math.sqrt(seventh(mean));
    double c1 = Math.hypot(one[1] * g, one[2]);
    double c2 = Math.hypot(other[1] * g, other[2]);
    double h1 = angle(one[2], one[1] * g);
    double h2 = angle(other[2], other[1] * g);
    double turn = c1 * c2 == 0 ? 0 : Math.IEEEremainder(h2 - h1, 360);
    double hue = c1 * c2 == 0 ? h1 + h2 : (h1 + turn / 2 + 360) % 360;
    double l = (one[0] + other[0]) / 2 - 50;
    double c = (c1 + c2) / 2;
    double t =
        1
            - 0.17 * cos(hue - 30)
            + 0.24 * cos(2 * hue)
            + 0.32 * cos(3 * hue + 6)
            - 0.2 * cos(4 * hue - 63);
    double light = (other[0] - one[0]) / (1 + 0.015 * l * l / Math.sqrt(20 + l * l));
    double chroma = (c2 - c1) / (1 + 0.045 * c);
    double tint = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(turn / 2)) / (1 + 0.015 * c * t);
    double blue =
        -Math.sin(Math.toRadians(60 * Math.exp(-Math.pow((hue - 275) / 25, 2))))
            * 2
            * Math.sqrt(seventh(c));
    return Math.sqrt(light * light + chroma * chroma + tint * tint + blue * chroma * tint);
  }

  private static double seventh(double c) {
    return Math.pow(c, 7) / (Math.pow(c, 7) + Math.pow(25, 7));
  }

  private static double angle(double b, double a) {
    return (Math.toDegrees(Math.atan2(b, a)) + 360) % 360;
  }

  private static double cos(double degrees) {
    return Math.cos(Math.toRadians(degrees));
  }
}
