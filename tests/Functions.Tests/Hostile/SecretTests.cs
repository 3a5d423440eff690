using System.Text;
using Functions.Tests.Pipeline;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>
/// Keys are in the settings and nowhere else: not in an answer, and not in the log of an app to which everything happens.
/// </summary>
[Long]
public sealed class SecretTests
{
    private static readonly string[] Secrets =
    [
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq",
        "local-search-admin-key",
        "AccountKey",
        "sig=",
        "a-key-that-is-wrong",
    ];

    [Fact]
    public async Task Neither_answers_nor_logs_hold_a_key_when_dependencies_fail()
    {
        var azurite = await AzuriteProcess.StartAsync();
        var search = await SearchEmulatorProcess.StartAsync(0);
        var settings = new Dictionary<string, string>
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["Search__Endpoint"] = search.Address,
            ["Search__ApiKey"] = "local-search-admin-key",
            ["Search__CertificateFile"] = search.CertificateFile,
            ["Logging__LogLevel__Default"] = "Debug",
            ["Limits__MaxRequestTime"] = "00:00:05", // the clients are more patient than the test
        };
        var said = new StringBuilder();
        said.AppendLine(await WaitAsync(new Dictionary<string, string>(settings) { ["Search__ApiKey"] = "a-key-that-is-wrong" }));
        said.AppendLine(
            await AppProcess.RefusalAsync(
                new Dictionary<string, string>(settings)
                {
                    ["AzureWebJobsStorage"] = azurite.ConnectionString.Replace("AccountName=", "Account=", StringComparison.Ordinal),
                }
            )
        );
        said.AppendLine(
            await WaitAsync(
                new Dictionary<string, string>(settings)
                {
                    ["AzureWebJobsStorage"] = azurite.ConnectionString.Replace("AccountKey=E", "AccountKey=F", StringComparison.Ordinal),
                }
            )
        );
        await using (var app = await AppProcess.StartAsync(settings))
        {
            await search.DisposeAsync();
            await AskAsync(app, said);
            await azurite.DisposeAsync();
            await AskAsync(app, said);
            said.AppendLine(app.Output);
        }

        var text = said.ToString();
        Assert.Contains("503", text, StringComparison.Ordinal);
        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    /// <summary>A key that is refused may be let in later: the app says that it waits, and what for.</summary>
    private static async Task<string> WaitAsync(Dictionary<string, string> settings)
    {
        await using var app = await AppProcess.ListenAsync(settings);
        var answer = "";
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await app.Http.GetAsync("/api/health");
                answer = $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
                return answer.Contains("refuses the app's key", StringComparison.Ordinal);
            },
            "the reason in the answer of /api/health"
        );
        return $"{answer} {app.Output}";
    }

    private static async Task AskAsync(AppProcess app, StringBuilder said)
    {
        foreach (var route in new[] { "/api/health", "/api/search?text=cat", "/api/images?path=images/cat.jpg" })
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            try
            {
                using var response = await app.Http.GetAsync(route, limit.Token);
                var answer = await response.Content.ReadAsStringAsync();
                Assert.DoesNotContain("   at ", answer, StringComparison.Ordinal);
                said.AppendLine($"{(int)response.StatusCode} {response} {answer}");
            }
            catch (OperationCanceledException)
            {
                // It goes on trying; its log counts all the same.
            }
        }
    }
}
