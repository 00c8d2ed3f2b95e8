namespace ConsolePeer.View;

/// <summary>Something to tell the user.</summary>
internal sealed record Line(string Text, LineKind Kind = LineKind.News);

/// <summary>How a line looks where there are colours.</summary>
internal enum LineKind
{
    News,
    Chat,
    Own,
    Good,
    Bad,
    Detail,
}
