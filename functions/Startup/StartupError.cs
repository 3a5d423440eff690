using Microsoft.Extensions.Options;
using Serverless.Embeddings;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Startup;

/// <summary>Reports a start that fails because of a setting in one sentence, without a stack trace.</summary>
internal static class StartupError
{
    /// <summary>EX_CONFIG of sysexits.h: the host need not restart the app until the settings change.</summary>
    public const int ExitCode = 78;

    /// <summary>Runs the app to its end.</summary>
    /// <returns>0, or <see cref="ExitCode"/> after the sentence on standard error.</returns>
    public static async Task<int> ExitCodeAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception error) when (MessageOf(error) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return ExitCode;
        }
    }

    /// <summary>What is wrong and how to fix it; null for any other error.</summary>
    public static string? MessageOf(Exception error) =>
        error switch
        {
            OptionsValidationException invalid => string.Join(' ', invalid.Failures),
            ModelMismatchException or ModelException or SettingException => error.Message,
            InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => error.Message,
            AggregateException { InnerExceptions: [var first, ..] } => MessageOf(first),
            _ => null,
        };
}
