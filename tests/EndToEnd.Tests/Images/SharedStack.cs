using EndToEnd.Tests;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedStack))]

namespace EndToEnd.Tests;

/// <summary>One whole stack for the tests that need nothing special of it. Each uses names and pictures of its own.</summary>
public sealed class SharedStack : IAsyncLifetime
{
    private LocalStack? stack;

    /// <summary>Pages of this origin may call the API.</summary>
    internal const string Origin = "http://localhost:5173";

    internal LocalStack Stack => stack!;

    internal ImageApi Api => new(stack!);

    public async ValueTask InitializeAsync() =>
        stack = await LocalStack.StartAsync(
            new LocalStackOptions
            {
                Arguments = ["--allow-origin", Origin],
                Environment = new Dictionary<string, string> { ["Duplicates__VisibilityWindow"] = "00:00:02" },
            }
        );

    public ValueTask DisposeAsync() => stack!.DisposeAsync();
}
