/// Makes Claude homes of any size whose usage is known exactly.
package dev.claudometer.bench;
