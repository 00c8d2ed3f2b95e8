using Microsoft.Playwright;

namespace Signaling.Tests.Browser.Pages;

/// <summary>Waits for what a page finds out asynchronously: Playwright's own wait takes the promise for the answer.</summary>
internal static class PageQuestions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks again and again until the answer is truthy.</summary>
    /// <param name="page">The page.</param>
    /// <param name="question">An async function.</param>
    /// <param name="argument">What it is given.</param>
    public static Task<T> FindsAsync<T>(this IPage page, string question, object? argument = null) => page.EvaluateAsync<T>(
        $$"""
        async argument => {
          const ask = {{question}};
          for (;;) {
            const answer = await ask(argument);
            if (answer) return answer;
            await new Promise(resolve => setTimeout(resolve, 20));
          }
        }
        """,
        argument).WaitAsync(Patience);
}
