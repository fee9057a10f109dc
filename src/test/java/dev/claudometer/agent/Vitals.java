package dev.claudometer.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/// What a process of Java has taken of a Linux machine.
///
/// @param heapKilobytes what is alive on its heap, after a collection
/// @param residentKilobytes of the memory
/// @param handles open files and connections
@Tag("process")
record Vitals(long heapKilobytes, long residentKilobytes, long threads, long handles) {

  static Vitals of(long process) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process));
    List<String> status = Files.readAllLines(proc.resolve("status"));
    try (Stream<Path> handles = Files.list(proc.resolve("fd"))) {
      return new Vitals(
          heap(process), number(status, "VmRSS:"), number(status, "Threads:"), handles.count());
    }
  }

  private static long number(List<String> status, String name) {
    return status.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).replace("kB", "").strip())
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow();
  }

  /// A histogram of classes has the garbage collected first; its last line is the sum.
  private static long heap(long process) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process),
                "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    try (var out = jcmd.inputReader()) {
      String total = out.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
      return Long.parseLong(total.strip().split("\\s+", -1)[2]) / 1_024;
    }
  }

  List<Long> all() {
    return List.of(heapKilobytes, residentKilobytes, threads, handles);
  }
}
