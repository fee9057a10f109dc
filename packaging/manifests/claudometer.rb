class Claudometer < Formula
  desc "What you use of Claude and what it costs, exactly"
  homepage "https://claudometer.dev"
  version "@VERSION@"
  license "Apache-2.0"

  on_macos do
    on_arm do
      url "@RELEASE@/claudometer-@VERSION@-macos-arm64.tar.gz"
      sha256 "@SHA256:macos-arm64.tar.gz@"
    end
    on_intel do
      url "@RELEASE@/claudometer-@VERSION@-macos-x64.tar.gz"
      sha256 "@SHA256:macos-x64.tar.gz@"
    end
  end

  on_linux do
    on_arm do
      url "@RELEASE@/claudometer-@VERSION@-linux-arm64.tar.gz"
      sha256 "@SHA256:linux-arm64.tar.gz@"
    end
    on_intel do
      url "@RELEASE@/claudometer-@VERSION@-linux-x64.tar.gz"
      sha256 "@SHA256:linux-x64.tar.gz@"
    end
  end

  def install
    man1.install Dir["share/man/man1/*.1"]
    bash_completion.install "share/completions/claudometer.bash" => "claudometer"
    zsh_completion.install "share/completions/_claudometer"
    fish_completion.install "share/completions/claudometer.fish"
    libexec.install "bin", "runtime", "claudometer-statusline", "share"
    bin.install_symlink libexec/"bin/claudometer", libexec/"claudometer-statusline"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/claudometer --version")
  end
end
