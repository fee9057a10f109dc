package dev.claudometer.cli.install;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Completion for PowerShell: a table from words to what may follow, and the few lines that look it
/// up.
final class PowerShellCompletion {

  private static final String REGISTRATION =
      """
      Register-ArgumentCompleter -Native -CommandName claudometer -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
              Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { "$_" } |
              Where-Object { -not $_.StartsWith('-') })
          $known = $claudometerWords[$words -join ' ']
          if ($null -ne $known) {
              $known | Where-Object { $_ -like "$wordToComplete*" } |
                  ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
          }
      }
      """;

  private PowerShellCompletion() {}

  static String of(CommandLine root) {
    var script = new StringBuilder("$claudometerWords = @{\n");
    for (Completed place : Completed.all(root)) {
      List<String> words = new ArrayList<>(place.commands().keySet());
      for (OptionSpec option : place.options()) {
        words.addAll(List.of(option.names()));
      }
      String list =
          words.stream().map(PowerShellCompletion::quoted).collect(Collectors.joining(", "));
      script.append("    " + quoted(String.join(" ", place.path())) + " = @(" + list + ")\n");
    }
    return script.append("}\n").append(REGISTRATION).toString();
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
