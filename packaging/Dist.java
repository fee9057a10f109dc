import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes the distribution for the platform that it runs on, byte for byte the same each time:
/// `target/dist/claudometer-VERSION-PLATFORM.tar.gz` (`.zip` on Windows) and the tree it is made
/// of. `./mvnw -Pdist package` runs it: `java packaging/Dist.java BASE VERSION TIMESTAMP`.
final class Dist {

  /// What the program needs; `jdeps` also names java.desktop and java.security.jgss, which no code
  /// of ours reaches (docs/decisions/0041). Without jdk.localedata `--locale de-DE` would print
  /// English.
  private static final String MODULES =
      "java.base,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.httpserver,"
          + "jdk.localedata,jdk.unsupported";

  /// Whose numbers and dates are known; all others would be 7 MB more, packed. The program says
  /// where it was asked for one that is not here.
  private static final List<String> LANGUAGES =
      List.of(
          "af", "ar", "az", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu",
          "fa", "fi", "fil", "fr", "ga", "gl", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja",
          "ka", "kk", "ko", "lt", "lv", "mk", "mr", "ms", "nb", "nl", "nn", "no", "pl", "pt", "ro",
          "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi",
          "zh");

  /// What libraries bring and nobody reads here: sources of protocols, tables that turn texts into
  /// other encodings (jq's patterns read UTF-8), PostgreSQL's messages in other languages.
  private static final String UNUSED =
      ".*\\.proto|tables/Transcoder_.*|org/postgresql/translation/messages_.*";

  private static final int GZIP_BUFFER = 1 << 16;

  private final Path base;
  private final String version;
  private final FileTime time;
  private final Platform platform;
  private final Path root;

  private Dist(Path base, String version, Instant time) {
    this.base = base;
    this.version = version;
    this.time = FileTime.from(time);
    platform = Platform.here();
    root = base.resolve("target/dist/claudometer-" + version + "-" + platform.name());
  }

  public static void main(String... arguments) throws Exception {
    new Dist(Path.of(arguments[0]).toAbsolutePath(), arguments[1], Instant.parse(arguments[2]))
        .make();
  }

  private void make() throws Exception {
    deleteTree(root);
    Files.createDirectories(root.resolve("bin"));
    runtime();
    Path jar = root.resolve("bin/claudometer.jar");
    program(jar);
    launchers();
    pages(jar);
    notices();
    setTimes(jar);
    Path made = platform.windows() ? zip() : tar();
    Files.writeString(
        Path.of(made + ".sha256"),
        HexFormat.of().formatHex(sha256(made)) + "  " + made.getFileName() + "\n");
    System.out.println(made + ": " + Files.size(made) + " bytes");
  }

  private void runtime() throws IOException {
    Path runtime = root.resolve("runtime");
    String locales =
        String.join(",", LANGUAGES.stream().map(each -> each + "," + each + "-*").toList());
    List<String> options =
        new ArrayList<>(
            List.of("--add-modules", MODULES, "--include-locales", locales, "--compress", "zip-6"));
    options.addAll(List.of("--strip-java-debug-attributes", "--no-header-files", "--no-man-pages"));
    if (platform.windows()) {
      options.add("--generate-cds-archive"); // what the launcher's archive there is made on top of
    }
    options.addAll(List.of("--output", runtime.toString()));
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(System.out, System.err, options.toArray(String[]::new));
    if (code != 0) {
      throw new IOException("jlink ended with " + code);
    }
    for (Path link : files(runtime).stream().filter(Files::isSymbolicLink).toList()) {
      byte[] content = Files.readAllBytes(link); // npm packs no links
      Files.delete(link);
      Files.write(link, content);
    }
  }

  /// The jar without the libraries of other platforms. SQLite's goes beside it, so that it is not
  /// unpacked at every start.
  private void program(Path to) throws IOException {
    try (var from = new JarFile(base.resolve("target/claudometer.jar").toFile());
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (ZipEntry entry :
          from.stream().filter(each -> !each.getName().matches(UNUSED)).toList()) {
        String name = entry.getName();
        boolean library = name.matches(".*\\.(so|dylib|jnilib|dll)");
        if (name.startsWith("org/sqlite/native/" + platform.sqlite() + "/") && library) {
          Path beside =
              root.resolve("bin/native").resolve(name.substring(name.lastIndexOf('/') + 1));
          Files.createDirectories(beside.getParent());
          Files.copy(from.getInputStream(entry), beside);
        } else if (!library || platform.libraries().stream().anyMatch(name::startsWith)) {
          var copy = new ZipEntry(name);
          copy.setTimeLocal(entry.getTimeLocal());
          out.putNextEntry(copy);
          from.getInputStream(entry).transferTo(out);
        }
      }
    }
  }

  /// The scripts of the source tree that are for this system.
  private void launchers() throws IOException {
    for (Path script : files(base.resolve("bin"))) {
      String name = script.getFileName().toString();
      boolean ofWindows = name.endsWith(".cmd") || name.endsWith(".ps1");
      if (!name.contains(".jar") && ofWindows == platform.windows()) {
        Files.copy(script, root.resolve("bin").resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    if (!platform.windows()) {
      String statusline = "claudometer-statusline";
      Files.copy(
          base.resolve(statusline), root.resolve(statusline), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /// Man pages and completions, which the program writes of itself.
  private void pages(Path jar) throws IOException, InterruptedException {
    Path share = Files.createDirectories(root.resolve("share"));
    int code =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar.toString(),
                base.resolve("packaging/Pages.java").toString(),
                share.toString(),
                version,
                time.toString().substring(0, 10))
            .inheritIO()
            .start()
            .waitFor();
    if (code != 0) {
      throw new IOException("the pages were not written");
    }
  }

  /// Our licence, those of what is inside, and the list of it.
  private void notices() throws IOException {
    Path doc = Files.createDirectories(root.resolve("share/doc"));
    for (String name : List.of("LICENSE", "CHANGELOG.md")) {
      Files.copy(base.resolve(name), doc.resolve(name));
    }
    try (var jar = new JarFile(root.resolve("bin/claudometer.jar").toFile())) {
      ZipEntry parts = jar.getEntry("META-INF/sbom/claudometer.cdx.json");
      if (parts == null) {
        throw new IOException("the jar does not list its parts");
      }
      Files.copy(jar.getInputStream(parts), doc.resolve("sbom.cdx.json"));
    }
    Path licences = base.resolve("target/licences");
    for (Path text : files(licences)) {
      String library = licences.relativize(text).getName(0).toString();
      Path to = doc.resolve("licences").resolve(library).resolve(text.getFileName().toString());
      Files.createDirectories(to.getParent());
      Files.copy(text, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// All files and directories are as old as the release says. The jar's time tells its content
  /// besides, by seconds before that: the JVM holds a start-up archive against the jar's time and
  /// size, not its content. Not after: packagers cut what is younger than the release.
  private void setTimes(Path jar) throws Exception {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, time);
      }
    }
    byte[] hash = sha256(jar);
    int second = (hash[0] & 0xff) << 8 | hash[1] & 0xff;
    Files.setLastModifiedTime(jar, FileTime.from(time.toInstant().minusSeconds(second)));
  }

  private Path tar() throws IOException, InterruptedException {
    Path made = Path.of(root + ".tar.gz");
    String gnuTar = platform.name().startsWith("macos") ? "gtar" : "tar";
    Process tar =
        new ProcessBuilder(
                gnuTar,
                "--create",
                "--format=gnu",
                "--sort=name",
                "--owner=0",
                "--group=0",
                "--numeric-owner",
                "--mode=u=rwX,go=rX",
                root.getFileName().toString())
            .directory(root.getParent().toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream in = tar.getInputStream();
        OutputStream out =
            new GZIPOutputStream(Files.newOutputStream(made), GZIP_BUFFER) {
              {
                def.setLevel(Deflater.BEST_COMPRESSION);
              }
            }) {
      in.transferTo(out);
    }
    if (tar.waitFor() != 0) {
      throw new IOException(gnuTar + " failed");
    }
    return made;
  }

  private Path zip() throws IOException {
    Path made = Path.of(root + ".zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(made))) {
      for (Path file : files(root)) {
        var entry = new ZipEntry(root.getParent().relativize(file).toString().replace('\\', '/'));
        entry.setLastModifiedTime(Files.getLastModifiedTime(file));
        out.putNextEntry(entry);
        Files.copy(file, out);
      }
    }
    return made;
  }

  private static byte[] sha256(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return digest.digest();
  }

  /// All files below, in the order of their names.
  private static List<Path> files(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(each -> Files.isSymbolicLink(each) || Files.isRegularFile(each))
          .sorted()
          .toList();
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /// @param name as `linux-x64`
  /// @param sqlite where sqlite-jdbc keeps the library for it
  /// @param libraries what else in the jar is for it
  private record Platform(String name, String sqlite, List<String> libraries) {

    static Platform here() {
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
      boolean arm = System.getProperty("os.arch").matches("aarch64|arm64");
      String cpu = arm ? "arm64" : "x64";
      String arch = arm ? "aarch64" : "x86_64";
      String jline = arm ? "arm64" : "x86_64";
      String lift = arm ? "aarch64" : "amd64";
      if (system.startsWith("windows")) {
        return new Platform(
            "windows-" + cpu, "Windows/" + arch, List.of("org/jline/nativ/Windows/" + jline + "/"));
      }
      if (system.startsWith("mac")) {
        return new Platform(
            "macos-" + cpu,
            "Mac/" + arch,
            List.of("org/jline/nativ/Mac/" + jline + "/", "aircompressor/macos-" + lift + "/"));
      }
      return new Platform(
          "linux-" + cpu,
          "Linux/" + arch,
          List.of("org/jline/nativ/Linux/" + jline + "/", "aircompressor/linux-" + lift + "/"));
    }

    boolean windows() {
      return name.startsWith("windows");
    }
  }
}
