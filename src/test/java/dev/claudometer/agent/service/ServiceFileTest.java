package dev.claudometer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class ServiceFileTest {

  private static final List<String> COMMAND =
      List.of("/bin/true", "agent", "start", "--foreground", "a \"b\" $HOME %h \\ <&>");
  private static final Map<String, String> ENVIRONMENT =
      Map.of("CLAUDE_CONFIG_DIR", "/home/ada/50% of $HOME/\"x\"", "PATH", "/usr/bin");

  @Test
  void unitIsWrittenAsSystemdReadsIt() {
    ServiceFile unit =
        ServiceFile.systemd(
            Path.of("/home/ada/.config/systemd/user"),
            List.of("/opt/claudometer", "agent", "start", "--foreground"),
            Map.of("XDG_STATE_HOME", "/var/lib/ada"));
    assertThat(unit.path())
        .isEqualTo(Path.of("/home/ada/.config/systemd/user/claudometer-agent.service"));
    assertThat(unit.content())
        .isEqualTo(
            """
            [Unit]
            Description=Claudometer agent: sends the usage of Claude Code on this machine to a server

            [Service]
            Type=exec
            ExecStart="/opt/claudometer" "agent" "start" "--foreground"
            Environment="XDG_STATE_HOME=/var/lib/ada"
            Restart=on-failure
            RestartSec=10
            Nice=10
            NoNewPrivileges=true
            UMask=0077

            [Install]
            WantedBy=default.target
            """);
  }

  @Test
  @Tag("process")
  void systemdFindsNothingWrongWithTheUnit(@TempDir Path directory) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "systemd-analyze is not installed: the unit is not verified");
    ServiceFile unit = ServiceFile.systemd(directory, COMMAND, ENVIRONMENT);
    Files.writeString(unit.path(), unit.content());
    Process process =
        new ProcessBuilder("systemd-analyze", "--user", "verify", unit.path().toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(said.lines().filter(line -> line.contains("claudometer"))).isEmpty();
  }

  @Test
  void launchAgentIsAPropertyListWithTheCommandAsItIs() throws Exception {
    ServiceFile agent =
        ServiceFile.launchd(
            Path.of("/Users/ada/Library/LaunchAgents"), COMMAND, ENVIRONMENT, "501");
    assertThat(agent.path())
        .isEqualTo(Path.of("/Users/ada/Library/LaunchAgents/dev.claudometer.agent.plist"));
    Map<?, ?> list = (Map<?, ?>) propertyList(agent.content());
    assertThat(list.get("Label")).isEqualTo("dev.claudometer.agent");
    assertThat(list.get("ProgramArguments")).isEqualTo(COMMAND);
    assertThat(list.get("EnvironmentVariables")).isEqualTo(ENVIRONMENT);
    assertThat(list.get("RunAtLoad")).isEqualTo(true);
    assertThat(list.get("KeepAlive")).isEqualTo(Map.of("SuccessfulExit", false));
    assertThat(agent.activate())
        .containsExactly(List.of("launchctl", "bootstrap", "gui/501", agent.path().toString()));
    assertThat(agent.deactivate())
        .containsExactly(List.of("launchctl", "bootout", "gui/501/dev.claudometer.agent"));
  }

  @Test
  void taskOfWindowsStartsTheAgentAtLogIn() throws Exception {
    ServiceFile task =
        ServiceFile.taskScheduler(
            Path.of("C:/Users/Jörg/AppData"),
            List.of("powershell.exe", "-File", "C:\\Users\\Jörg Ö\\x\\", "a\"b", "agent"),
            "Jörg");
    assertThat(task.content()).matches("\\p{ASCII}*");
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(task.content().getBytes(StandardCharsets.US_ASCII)))
            .getDocumentElement();
    assertThat(root.getElementsByTagName("UserId").item(0).getTextContent()).isEqualTo("Jörg");
    assertThat(root.getElementsByTagName("Command").item(0).getTextContent())
        .isEqualTo("powershell.exe");
    assertThat(root.getElementsByTagName("Arguments").item(0).getTextContent())
        .isEqualTo("-File \"C:\\Users\\Jörg Ö\\x\\\\\" \"a\\\"b\" agent");
    String file = Path.of("C:/Users/Jörg/AppData/agent-task.xml").toString();
    assertThat(task.activate())
        .containsExactly(
            List.of("schtasks", "/Create", "/F", "/TN", "Claudometer agent", "/XML", file),
            List.of("schtasks", "/Run", "/TN", "Claudometer agent"));
  }

  /// Reads a property list as macOS does: dictionaries of keys and values, arrays, texts, booleans.
  private static Object propertyList(String xml) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    var document =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("plist");
    return value(children(document.getDocumentElement()).getFirst());
  }

  private static Object value(Element element) throws IOException {
    return switch (element.getTagName()) {
      case "string" -> element.getTextContent();
      case "true" -> true;
      case "false" -> false;
      case "array" -> {
        List<Object> array = new ArrayList<>();
        for (Element child : children(element)) {
          array.add(value(child));
        }
        yield array;
      }
      case "dict" -> {
        Map<String, Object> dictionary = new HashMap<>();
        List<Element> children = children(element);
        for (int i = 0; i < children.size(); i += 2) {
          assertThat(children.get(i).getTagName()).isEqualTo("key");
          dictionary.put(children.get(i).getTextContent(), value(children.get(i + 1)));
        }
        yield dictionary;
      }
      default -> throw new IOException("no property list: " + element.getTagName());
    };
  }

  private static List<Element> children(Element parent) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        children.add(element);
      }
    }
    return children;
  }
}
