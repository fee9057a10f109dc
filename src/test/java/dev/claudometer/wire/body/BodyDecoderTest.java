package dev.claudometer.wire.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.v3.zstd.ZstdNativeCompressor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyDecoderTest {

  private static final byte[] TEXT = "usage, usage, usage. ".repeat(3_000).getBytes(UTF_8);
  private static final int MIB = 1024 * 1024;

  @Test
  void eachEncodingIsDecoded() throws IOException {
    assertThat(decode(TEXT, null)).isEqualTo(TEXT);
    assertThat(decode(TEXT, " Identity ")).isEqualTo(TEXT);
    assertThat(decode(gzip(TEXT), "gzip")).isEqualTo(TEXT);
    assertThat(decode(gzip(TEXT), "X-GZIP")).isEqualTo(TEXT);
    assertThat(decode(zstd(TEXT), "zstd")).isEqualTo(TEXT);
    assertThat(BodyDecoder.encodings()).containsExactly("zstd", "gzip", "identity");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "gzip, gzip", "zstd,gzip", "deflate", "\u001b[31m"})
  void otherEncodingsAndLayersAreRefused(String encoding) {
    assertThatThrownBy(() -> decode(TEXT, encoding))
        .isInstanceOf(UnsupportedEncoding.class)
        .hasMessageContaining("send one of zstd, gzip, identity")
        .hasMessageNotContaining("\u001b");
  }

  @Test
  void onlyOneLayerIsTakenOff() throws IOException {
    assertThat(decode(gzip(gzip(TEXT)), "gzip")).isEqualTo(gzip(TEXT));
  }

  @Test
  void bodyMayBeAsLargeAsTheLimitsSay() throws IOException {
    byte[] noise = noise(4 * MIB + 1);

    assertThat(decode(Arrays.copyOf(noise, 4 * MIB), null)).hasSize(4 * MIB);
    assertThatThrownBy(() -> decode(noise, null))
        .isInstanceOf(BodyTooLarge.class)
        .hasMessage("The body is larger than 4194304 bytes as sent.");
    assertThatThrownBy(() -> decode(noise, "zstd")).isInstanceOf(BodyTooLarge.class);
    assertThatThrownBy(() -> decode(gzip(noise), "gzip"))
        .isInstanceOf(BodyTooLarge.class)
        .hasMessage("The body is larger than 4194304 bytes as sent.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void decodedBodyMayBeAsLargeAsTheLimitSays(String encoding) throws IOException {
    byte[] most = diluted(16 * MIB);
    byte[] more = diluted(16 * MIB + 1);

    assertThat(decode(encode(most, encoding), encoding)).isEqualTo(most);
    assertThatThrownBy(() -> decode(encode(more, encoding), encoding))
        .isInstanceOf(BodyTooLarge.class)
        .hasMessage("The decoded body is larger than 16777216 bytes.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void ratioIsAskedOfLargeBodiesOnly(String encoding) throws IOException {
    assertThat(decode(encode(new byte[MIB], encoding), encoding)).hasSize(MIB);
    assertThatThrownBy(() -> decode(encode(new byte[MIB + 1], encoding), encoding))
        .isInstanceOf(BodyTooLarge.class)
        .hasMessage("The body decodes to more than 100 times its size.");
  }

  @Test
  void gzipBombIsGivenUpEarly() throws IOException {
    var zeros = new Zeros(10_000_000_000L);
    byte[] header = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0};
    InputStream bomb =
        new SequenceInputStream(
            new ByteArrayInputStream(header),
            new DeflaterInputStream(zeros, new Deflater(9, true)));

    assertThatThrownBy(() -> drain(BodyDecoder.decode(bomb, "gzip", BodyLimits.DELIVERY)))
        .isInstanceOf(BodyTooLarge.class);
    assertThat(zeros.given).isLessThan(100_000_000);
  }

  @Test
  void zstdBombIsGivenUpBeforeItIsDecoded() {
    ByteBuffer blocks = frame(0, 0x50, 100_000 * 4);
    for (int i = 0; i < 100_000; i++) {
      block(blocks, 1, 128 * 1024, i == 99_999).put((byte) 0);
    }

    assertThatThrownBy(() -> decode(blocks.array(), "zstd"))
        .isInstanceOf(BodyTooLarge.class)
        .hasMessage("The decoded body is larger than 16777216 bytes.");
  }

  @Test
  void statedSizeIsNotBelieved() {
    ByteBuffer lie = frame(0x80, 0x50, 8).putInt(9_000_000);
    block(lie, 1, 1, true).put((byte) 0);

    assertThatThrownBy(() -> decode(lie.array(), "zstd")).isInstanceOf(UnusableBody.class);
  }

  @Test
  void longZstdWindowIsRefused() throws IOException {
    ByteBuffer eightMib = frame(0, 13 << 3, 4);
    ByteBuffer nineMib = frame(0, (13 << 3) + 1, 4);
    block(eightMib, 1, 3, true).put((byte) 'a');
    block(nineMib, 1, 3, true).put((byte) 'a');

    assertThat(decode(eightMib.array(), "zstd")).asString(UTF_8).isEqualTo("aaa");
    assertThatThrownBy(() -> decode(nineMib.array(), "zstd"))
        .isInstanceOf(BodyTooLarge.class)
        .hasMessage("The zstd window is larger than 8388608 bytes.");
  }

  @Test
  void zstdFramesFollowEachOther() throws IOException {
    byte[] skipped = {0x53, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9};

    assertThat(decode(join(zstd(TEXT), skipped, zstd(new byte[0]), zstd(TEXT)), "zstd"))
        .isEqualTo(join(TEXT, TEXT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void truncatedBodyIsMalformed(String encoding) throws IOException {
    byte[] whole = encode(TEXT, encoding);
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(part, encoding)).isInstanceOf(MalformedDelivery.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd"})
  void noiseIsRefusedInAnOrderlyWay(String encoding) throws IOException {
    var random = new Random(7);
    byte[] whole = encode(TEXT, encoding);
    for (int i = 0; i < 3_000; i++) {
      byte[] broken = whole.clone();
      broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        decode(broken, encoding);
      } catch (UnusableBody refused) {
        assertThat(refused.getMessage()).endsWith(".");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip", "zstd"})
  void slowConnectionIsWaitedFor(String encoding) throws IOException {
    var slow =
        new FilterInputStream(new ByteArrayInputStream(encode(TEXT, encoding))) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            return super.read(buffer, offset, Math.min(1, length));
          }

          @Override
          public int available() {
            return 0;
          }
        };

    assertThat(drain(BodyDecoder.decode(slow, encoding, BodyLimits.DELIVERY))).isEqualTo(TEXT);
  }

  @Test
  @Tag("process")
  void zstdRunsWithoutWarnings() throws IOException, InterruptedException {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ZstdRun.class.getName())
            .redirectErrorStream(true)
            .start();

    assertThat(java.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("decoded");
    assertThat(java.waitFor()).isZero();
  }

  /// Decodes a frame in a JVM of its own.
  static final class ZstdRun {
    public static void main(String[] arguments) throws IOException {
      byte[] frame = zstd("decoded".getBytes(UTF_8));
      System.out.write(decode(frame, "zstd"));
      System.out.flush();
    }
  }

  /// Counts how many zeros were taken.
  private static final class Zeros extends InputStream {
    private final long most;
    private long given;

    Zeros(long most) {
      this.most = most;
    }

    @Override
    public int read() {
      return given++ < most ? 0 : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      given += length;
      return given < most ? length : -1;
    }
  }

  /// Noise and zeros, one to seven: too little of either for the ratio to matter.
  private static byte[] diluted(int bytes) {
    byte[] noise = noise(bytes);
    for (int i = 0; i < bytes; i++) {
      if (i % 8192 >= 1024) {
        noise[i] = 0;
      }
    }
    return noise;
  }

  private static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(1).nextBytes(noise);
    return noise;
  }

  private static byte[] decode(byte[] encoded, String encoding) throws IOException {
    return drain(
        BodyDecoder.decode(new ByteArrayInputStream(encoded), encoding, BodyLimits.DELIVERY));
  }

  private static byte[] drain(InputStream in) throws IOException {
    try (in) {
      return in.readAllBytes();
    }
  }

  private static byte[] encode(byte[] plain, String encoding) throws IOException {
    return switch (encoding) {
      case "gzip" -> gzip(plain);
      case "zstd" -> zstd(plain);
      default -> plain;
    };
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }

  private static byte[] zstd(byte[] plain) {
    var compressor = new ZstdNativeCompressor();
    byte[] out = new byte[compressor.maxCompressedLength(plain.length)];
    return Arrays.copyOf(out, compressor.compress(plain, 0, plain.length, out, 0, out.length));
  }

  private static byte[] join(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static ByteBuffer frame(int descriptor, int window, int bytes) {
    return ByteBuffer.allocate(6 + bytes)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0xFD2FB528)
        .put((byte) descriptor)
        .put((byte) window);
  }

  private static ByteBuffer block(ByteBuffer out, int type, int size, boolean last) {
    int header = size << 3 | type << 1 | (last ? 1 : 0);
    return out.put((byte) header).put((byte) (header >> 8)).put((byte) (header >> 16));
  }
}
