package dev.claudometer.store.sqlite;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The functions of the C library that a loaded library calls: each can be replaced by one of ours.
///
/// An ELF library on Linux holds the address of each function that it imports in slots that the
/// loader fills in (relocations). A slot is written over, and put back at the end.
@SuppressWarnings("restricted") // calls of the system are what this class is for
final class SystemCalls implements AutoCloseable {

  private static final int DYNAMIC_SEGMENT = 2;
  private static final int STRINGS = 5;
  private static final int SYMBOLS = 6;
  private static final int SYMBOL_BYTES = 24;
  private static final int RELOCATION_BYTES = 24;
  private static final long PAGE = 4_096;
  private static final int READ_WRITE = 3;

  private static final Linker LINKER = Linker.nativeLinker();

  private final Map<String, List<MemorySegment>> slots = new HashMap<>();
  private final Map<MemorySegment, Long> before = new HashMap<>();

  /// @param library part of the name of a library's file, which is loaded
  SystemCalls(String library) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .filter(each -> each.contains(library))
            .findFirst()
            .orElseThrow();
    long base = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
    byte[] file = Files.readAllBytes(Path.of(line.substring(line.indexOf('/'))));
    find(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN), base);
  }

  private void find(ByteBuffer elf, long base) {
    Map<Long, Long> dynamic = dynamic(elf);
    // the places and lengths of both tables of relocations: DT_RELA, DT_JMPREL
    for (long[] table : new long[][] {{7, 8}, {23, 2}}) {
      int at = dynamic.getOrDefault(table[0], 0L).intValue();
      int end = at + dynamic.getOrDefault(table[1], 0L).intValue();
      for (; at < end; at += RELOCATION_BYTES) {
        int symbol = (int) (elf.getLong(at + 8) >>> 32);
        String name = name(elf, dynamic, symbol);
        slots
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(MemorySegment.ofAddress(base + elf.getLong(at)).reinterpret(Long.BYTES));
      }
    }
  }

  private static Map<Long, Long> dynamic(ByteBuffer elf) {
    var found = new HashMap<Long, Long>();
    int headers = (int) elf.getLong(32);
    for (int i = 0; i < elf.getShort(56); i++) {
      int header = headers + i * elf.getShort(54);
      if (elf.getInt(header) == DYNAMIC_SEGMENT) {
        int at = (int) elf.getLong(header + 8);
        for (; elf.getLong(at) != 0; at += 16) {
          found.put(elf.getLong(at), elf.getLong(at + 8));
        }
      }
    }
    return found;
  }

  /// Both tables lie where the first segment puts them: at their addresses.
  private static String name(ByteBuffer elf, Map<Long, Long> dynamic, int symbol) {
    int at =
        dynamic.get((long) STRINGS).intValue()
            + elf.getInt(dynamic.get((long) SYMBOLS).intValue() + symbol * SYMBOL_BYTES);
    int end = at;
    while (elf.get(end) != 0) {
      end++;
    }
    return new String(elf.array(), at, end - at, StandardCharsets.US_ASCII);
  }

  /// The function itself.
  static MethodHandle real(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type);
  }

  /// From now on the library calls ours. It lives for ever: a call may be under way at the end.
  void replace(String name, MethodHandle ours, FunctionDescriptor type) {
    MemorySegment stub = LINKER.upcallStub(ours, type, Arena.global());
    for (MemorySegment slot : slots.getOrDefault(name, List.of())) {
      writable(slot);
      before.put(slot, slot.get(ValueLayout.JAVA_LONG, 0));
      slot.set(ValueLayout.JAVA_LONG, 0, stub.address());
    }
  }

  private static void writable(MemorySegment slot) {
    var type =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    try {
      int failed =
          (int) real("mprotect", type).invokeExact(slot.address() & -PAGE, PAGE, READ_WRITE);
      if (failed != 0) {
        throw new IllegalStateException("the slot cannot be written");
      }
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    before.forEach((slot, address) -> slot.set(ValueLayout.JAVA_LONG, 0, address));
  }
}
