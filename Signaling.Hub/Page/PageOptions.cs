namespace Signaling.Hub.Page;

/// <summary>The page that the hub's executable serves at <c>/</c>.</summary>
public sealed class PageOptions
{
    /// <summary>The folder of the page at <c>/</c>, relative to the content root. None: no page.</summary>
    public string? Folder { get; set; }
}
