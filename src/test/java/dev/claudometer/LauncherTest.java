package dev.claudometer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `./claudometer` builds what has changed, and `bin/claudometer` runs it, wherever it lies:
/// without a home, in a directory with spaces, and whatever an interrupted build has left.
@Tag("process")
class LauncherTest {

  /// Stands in for Claudometer.
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      if (List.of(arguments).contains("--memory")) {
        String[] all = ProcessHandle.current().info().arguments().orElseThrow();
        System.out.println(Arrays.stream(all).filter(each -> each.startsWith("-Xmx")).toList());
        return;
      }
      System.out.println(System.getenv("CLAUDOMETER_LAUNCHER") + " " + String.join(" ", arguments));
    }
  }

  @TempDir private Path directory;
  private Path tree;
  private Path source;
  private byte[] jar = {};

  @BeforeEach
  void sourceTree() throws IOException {
    tree = Files.createDirectories(directory.resolve("a source tree")).toRealPath();
    Files.createDirectories(tree.resolve("bin"));
    Files.createDirectories(tree.resolve("target"));
    for (String file :
        List.of("claudometer", "test", "bin/claudometer", "bin/jdk.sh", "bin/prepare")) {
      Files.copy(Path.of(file), tree.resolve(file));
    }
    source = Files.createDirectories(tree.resolve("src/main")).resolve("Source.java");
    Files.writeString(source, "");
    Files.writeString(tree.resolve("pom.xml"), "");
    jar = jar();
    Files.write(tree.resolve("good.jar"), jar);
    mavenDoes("cp good.jar target/claudometer.jar");
  }

  private static byte[] jar() throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Program.class.getName());
    String name = Program.class.getName().replace('.', '/') + ".class";
    var bytes = new ByteArrayOutputStream();
    try (var out = new JarOutputStream(bytes, manifest);
        InputStream program = Program.class.getResourceAsStream("/" + name)) {
      out.putNextEntry(new JarEntry(name));
      program.transferTo(out);
      out.putNextEntry(new JarEntry("dev/claudometer/Main.class"));
      out.write(main());
    }
    return bytes.toByteArray();
  }

  /// A class of the name that the launcher starts, which hands its arguments to [Program].
  private static byte[] main() {
    MethodTypeDesc main = MethodTypeDesc.ofDescriptor("([Ljava/lang/String;)V");
    ClassDesc program = ClassDesc.of(Program.class.getName());
    return ClassFile.of()
        .build(
            ClassDesc.of("dev.claudometer.Main"),
            type ->
                type.withMethodBody(
                    "main",
                    main,
                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                    code -> code.aload(0).invokestatic(program, "main", main).return_()));
  }

  /// Stands in for Maven, and counts how often it was called.
  private void mavenDoes(String script) throws IOException {
    executable(
        tree.resolve("mvnw"),
        "echo >>builds\necho '[INFO] --- compiler:1:compile (default-compile) @ x'\n" + script);
  }

  private int builds() throws IOException {
    Path builds = tree.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private String launched(String arguments) {
    return tree.resolve("bin/claudometer") + " " + arguments + "\n";
  }

  @Test
  void whatHasChangedIsBuiltOnce() throws Exception {
    Run first = run("./claudometer", "daily", "--since", "a  b");
    assertThat(first.out()).isEqualTo(launched("daily --since a  b"));
    assertThat(first.err())
        .startsWith("Building Claudometer: a minute or two")
        .matches("[^\n]+\n +\\d+ s  compiling …\n +\\d+ s  done\n");
    assertThat(first.code()).isZero();
    assertThat(run("./claudometer", "daily")).isEqualTo(new Run(0, launched("daily"), ""));
    assertThat(builds()).isEqualTo(1);
    Files.writeString(source, "edited");
    assertThat(run("./claudometer", "daily").out()).isEqualTo(launched("daily"));
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void editDuringABuildIsBuiltNextTime() throws Exception {
    mavenDoes("sleep 0.1; echo edited >src/main/Source.java; cp good.jar target/claudometer.jar");
    assertThat(run("./claudometer", "daily").out()).isEqualTo(launched("daily"));
    mavenDoes("cp good.jar target/claudometer.jar");
    run("./claudometer");
    assertThat(builds()).isEqualTo(2);
    run("./claudometer");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void jarOfTheTestsIsTaken() throws Exception {
    assertThat(run("./test").code()).isZero();
    assertThat(run("./claudometer", "daily").out()).isEqualTo(launched("daily"));
    assertThat(builds()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nothing", "half", "notStartable"})
  void whatAnInterruptedBuildLeftIsBuiltAnew(String left) throws Exception {
    run("./claudometer");
    Files.writeString(source, "edited");
    mavenDoes("cp left.jar target/claudometer.jar; exit 1");
    Files.write(
        tree.resolve("left.jar"),
        switch (left) {
          case "nothing" -> new byte[0];
          case "half" -> Arrays.copyOf(jar, jar.length / 2);
          default ->
              new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        });
    Run failed = run("./claudometer", "daily");
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).endsWith("claudometer: the build failed; its messages are above\n");
    assertThat(failed.out()).isEmpty();
    mavenDoes("cp good.jar target/claudometer.jar");
    assertThat(run("./claudometer", "daily").out()).isEqualTo(launched("daily"));
    assertThat(builds()).isEqualTo(4);
  }

  @Test
  void whatAnEarlierBuildBrokeIsHealedAtOnce() throws Exception {
    Files.writeString(tree.resolve("target/classes"), "broken");
    mavenDoes(
        "if [ -e target/classes ]; then echo >target/claudometer.jar; else mkdir -p target; cp"
            + " good.jar target/claudometer.jar; fi");
    Run healed = run("./claudometer", "daily");
    assertThat(healed.out()).isEqualTo(launched("daily"));
    assertThat(healed.err()).contains("\nThat did not work. Once more from the beginning");
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void sourceThatDoesNotCompileIsNotBuiltTwice() throws Exception {
    run("./claudometer");
    Files.writeString(source, "edited");
    mavenDoes("echo '[ERROR] COMPILATION ERROR :'; exit 1");
    assertThat(run("./claudometer").code()).isEqualTo(1);
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void emptyJarInItsPlaceIsBuiltAnew() throws Exception {
    Files.createFile(tree.resolve("target/claudometer.jar"));
    Files.createFile(tree.resolve("bin/claudometer.jar"));
    assertThat(run("./claudometer", "daily").out()).isEqualTo(launched("daily"));
  }

  @Test
  void whatMavenComplainsOfIsShown() throws Exception {
    mavenDoes(
        "echo '[INFO] fine'; echo '[ERROR] Foo.java: wrong'; echo 'curl: no network' >&2; exit 1");
    assertThat(run("./claudometer").err())
        .contains("\n[ERROR] Foo.java: wrong\n")
        .contains("\ncurl: no network\n")
        .doesNotContain("fine");
  }

  @Test
  void programCanBeMovedAndBuildsNothing() throws Exception {
    run("./claudometer");
    Path moved = Files.move(tree.resolve("bin"), directory.resolve("the program"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), moved.resolve("claudometer"));
    Files.writeString(source, "edited");
    assertThat(run(link.toString(), "serve").out())
        .isEqualTo(moved.toRealPath().resolve("claudometer") + " serve\n");
    Files.delete(moved.resolve("claudometer.jar"));
    Run missing = run(link.toString());
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err())
        .isEqualTo(
            "claudometer: "
                + moved.toRealPath().resolve("claudometer.jar")
                + " is missing: build it with ./claudometer in the source tree, or install it"
                + " again\n");
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void startUpCacheIsKeptWhereThereIsAHomeOnly() throws Exception {
    run("./claudometer");
    executable(tree.resolve("bin/prepare"), "echo \"$1 ${4%/*}\" >>prepared");
    run("bin/claudometer");
    assertThat(tree.resolve("prepared")).doesNotExist();
    String home = directory.resolve("my home").toString();
    run(Map.of("HOME", home), "bin/claudometer");
    String cache = directory.resolve("my cache").toString();
    run(Map.of("HOME", home, "XDG_CACHE_HOME", cache), "bin/claudometer");
    assertThat(lines(tree.resolve("prepared"), 4))
        .containsExactlyInAnyOrder(
            "native " + home + "/.cache/claudometer",
            "archives " + home + "/.cache/claudometer",
            "native " + cache + "/claudometer",
            "archives " + cache + "/claudometer");
  }

  /// What is written in the background comes within minutes.
  private static List<String> lines(Path file, int number) throws Exception {
    for (int i = 0; i < 2_400 && Files.readAllLines(file).size() < number; i++) {
      Thread.sleep(100);
    }
    return Files.readAllLines(file);
  }

  @Test
  void packagedProgramWhoseRuntimeIsGoneLooksForAJdk() throws Exception {
    run("./claudometer");
    Files.createDirectories(tree.resolve("bin/archives"));
    assertThat(run(Map.of("HOME", tree + "/home"), "bin/claudometer", "daily"))
        .isEqualTo(new Run(0, launched("daily"), ""));
  }

  @Test
  void packagedProgramRunsOnItsOwnRuntime() throws Exception {
    run("./claudometer");
    Path runtime = Files.createDirectories(tree.resolve("runtime/bin"));
    executable(
        runtime.resolve("java"),
        "printf '%s ' \"$@\"; exec '" + System.getProperty("java.home") + "/bin/java' -version");
    Files.createDirectories(tree.resolve("bin/native"));
    Files.createFile(Files.createDirectories(tree.resolve("bin/archives")).resolve("server.jsa"));
    Run serve =
        run(Map.of("JAVA_HOME", "/nowhere", "HOME", tree + "/home"), "bin/claudometer", "serve");
    assertThat(serve.out())
        .contains("-Dorg.sqlite.lib.path=" + tree.resolve("bin/native"))
        .contains("-XX:SharedArchiveFile=" + tree.resolve("bin/archives/server.jsa"));
    assertThat(run(Map.of("HOME", tree + "/home"), "bin/claudometer", "daily").out())
        .doesNotContain("SharedArchiveFile");
    assertThat(tree.resolve("home")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "serve --memory, 160m",
    "--port 1 serve --memory, 160m",
    "--home x export local --memory, 96m",
    "--database x agent start --memory, 96m",
    "daily --project serve --memory, 192m",
    "--memory, 192m",
  })
  void optionsBeforeACommandChangeNothingOfItsMemory(String line, String most) throws Exception {
    run("./claudometer");
    List<String> command = new ArrayList<>(List.of("bin/claudometer"));
    command.addAll(List.of(line.split(" ")));
    assertThat(run(command.toArray(String[]::new)).out()).isEqualTo("[-Xmx" + most + "]\n");
  }

  /// What there is on the path, and what apt's sources have: what is proposed.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apt-get apt-cache | openjdk-25-jdk | 'apt install openjdk-25-jdk'",
        "apt-get apt-cache | temurin-25-jdk | 'apt install temurin-25-jdk'",
        "apt-get apt-cache | none | add the repository of https://adoptium.net/installation/linux/"
            + " and",
        "dnf | none | 'dnf install java-25-openjdk-devel'",
        "pacman | none | 'pacman -S jdk-openjdk'",
        "apk | none | 'apk add openjdk25'",
        "brew | none | 'brew install openjdk'",
        "none | none | install one from https://adoptium.net",
      },
      quoteCharacter = '"')
  void whatInstallsAJdkIsNamed(String installers, String known, String proposed) throws Exception {
    Path path = Files.createDirectory(directory.resolve("path"));
    for (String installer : installers.split(" ")) {
      executable(
          path.resolve(installer),
          "if [ \"$2\" = "
              + known
              + " ]; then echo '  Candidate: 25.0.1'; else echo '  Candidate: (none)'; fi");
    }
    executable(path.resolve("sed"), "PATH=/usr/bin:/bin; exec sed \"$@\"");
    Run run = run(Map.of("PATH", path.toString()), "/bin/sh", "-c", ". bin/jdk.sh; jdk_source");
    assertThat(run.out()).startsWith(proposed);
    assertThat(run.err()).isEmpty();
  }

  private record Run(int code, String out, String err) {}

  private Run run(String... command) throws Exception {
    return run(Map.of(), command);
  }

  private Run run(Map<String, String> environment, String... command) throws Exception {
    Path err = directory.resolve("err");
    var builder = new ProcessBuilder(command).directory(tree.toFile()).redirectError(err.toFile());
    var all =
        new TreeMap<>(
            Map.of(
                "PATH",
                "/usr/bin:/bin",
                "LANG",
                "C",
                "JAVA_HOME",
                System.getProperty("java.home")));
    all.putAll(environment);
    builder.environment().clear();
    builder.environment().putAll(all);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), out, Files.readString(err));
  }
}
