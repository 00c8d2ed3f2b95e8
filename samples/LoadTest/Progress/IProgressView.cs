namespace Signaling.LoadTest.Progress;

/// <summary>Shows a run while it lasts.</summary>
internal interface IProgressView
{
    Task ShowAsync(LoadRun run, Task execution);
}
