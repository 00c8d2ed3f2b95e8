using System.Globalization;

namespace ConsolePeer.Input;

/// <summary>The line that is being typed.</summary>
internal sealed class LineEditor
{
    public string Text { get; private set; } = "";

    /// <summary>Ctrl+D on an empty line ends the input.</summary>
    public bool IsOver { get; private set; }

    /// <returns>The line when it is finished.</returns>
    public string? Press(ConsoleKeyInfo key)
    {
        if (key.Key is ConsoleKey.Enter)
        {
            var line = Text;
            Text = "";
            return line;
        }

        IsOver = Text.Length == 0 && key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control };
        Text = key switch
        {
            { Key: ConsoleKey.Escape } or { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control } => "",
            { Key: ConsoleKey.Backspace } => WithoutLast(),
            _ when !char.IsControl(key.KeyChar) => Text + key.KeyChar,
            _ => Text,
        };
        return null;
    }

    /// <summary>What a person calls a character may be several (an emoji, a Hangul syllable of jamo).</summary>
    private string WithoutLast()
    {
        var starts = StringInfo.ParseCombiningCharacters(Text);
        return starts.Length == 0 ? "" : Text[..starts[^1]];
    }
}
