using Microsoft.Playwright;

namespace Ui.Tests;

/// <summary>Fingers on the page: Playwright itself only taps.</summary>
internal sealed class Fingers(ICDPSession devtools)
{
    public static async Task<Fingers> OnAsync(IPage page) => new(await page.Context.NewCDPSessionAsync(page));

    /// <summary>Puts fingers down, moves them step by step, and lifts them.</summary>
    /// <param name="steps">Where they are at each step: as many fingers each time, in points of the window.</param>
    public async Task MoveAsync(params (double X, double Y)[][] steps)
    {
        await SendAsync("touchStart", steps[0]);
        foreach (var step in steps.Skip(1))
        {
            await SendAsync("touchMove", step);
        }

        await SendAsync("touchEnd", []);
    }

    private Task SendAsync(string type, (double X, double Y)[] fingers) =>
        devtools.SendAsync(
            "Input.dispatchTouchEvent",
            new Dictionary<string, object>
            {
                ["type"] = type,
                ["touchPoints"] = fingers
                    .Select(
                        (finger, id) =>
                            new
                            {
                                x = finger.X,
                                y = finger.Y,
                                id,
                            }
                    )
                    .ToArray(),
            }
        );
}
