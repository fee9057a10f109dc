package dev.claudometer.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Packages and the image have a runtime of their own: whatever of the JDK our code uses is in it.
class RuntimeTest {

  private static final Pattern MODULES = Pattern.compile("MODULES =((?:[^;\"]*\"[a-z0-9.,]+\")+);");

  @Test
  void runtimeHasEveryModuleThatOurCodeUses() throws IOException {
    Matcher modules = MODULES.matcher(Files.readString(Path.of("packaging/Dist.java")));
    assertThat(modules.find()).isTrue();
    Set<String> there =
        Configuration.empty()
            .resolve(
                ModuleFinder.ofSystem(),
                ModuleFinder.of(),
                Set.of(modules.group(1).replaceAll("[^a-z0-9.,]", "").split(",")))
            .modules()
            .stream()
            .map(ResolvedModule::name)
            .collect(Collectors.toSet());
    var missing = new TreeMap<String, Set<String>>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.claudometer")) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String module = module(dependency.getTargetClass().getBaseComponentType().getName());
        if (!module.isEmpty() && !there.contains(module)) {
          missing.computeIfAbsent(module, _ -> new TreeSet<>()).add(type.getName());
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /// Empty for what is no part of the JDK.
  private static String module(String type) {
    try {
      Module module = Class.forName(type, false, ClassLoader.getPlatformClassLoader()).getModule();
      return module.isNamed() ? module.getName() : "";
    } catch (ClassNotFoundException library) {
      return "";
    }
  }
}
