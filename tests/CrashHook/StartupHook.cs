using System.Diagnostics;
using System.Globalization;

/// <summary>
/// Loaded into the app by DOTNET_STARTUP_HOOKS. Once the file CRASH_ARMED exists, it counts the requests that the app sends to
/// storage and search, names each on standard error, and kills the process (SIGKILL) before the one numbered CRASH_BEFORE.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (
            Environment.GetEnvironmentVariable("CRASH_ARMED") is { } armed
            && int.TryParse(Environment.GetEnvironmentVariable("CRASH_BEFORE"), CultureInfo.InvariantCulture, out var before)
        )
        {
            DiagnosticListener.AllListeners.Subscribe(new Listeners(new Requests(armed, before)));
        }
    }

    private sealed class Listeners(Requests requests) : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "HttpHandlerDiagnosticListener")
            {
                value.Subscribe(requests);
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Requests(string armed, int before) : IObserver<KeyValuePair<string, object?>>
    {
        private int count;

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (
                value.Key != "System.Net.Http.HttpRequestOut.Start"
                || !File.Exists(armed)
                || value.Value?.GetType().GetProperty("Request")?.GetValue(value.Value) is not HttpRequestMessage request
            )
            {
                return;
            }

            var number = Interlocked.Increment(ref count) - 1;
            if (number == before)
            {
                Console.Error.WriteLine($"killed before {StepOf(request)}");
                Console.Error.Flush();
                Process.GetCurrentProcess().Kill();
                Thread.Sleep(Timeout.Infinite);
            }
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        /// <summary>Method, and what of the path is the same for every image.</summary>
        private static string StepOf(HttpRequestMessage request)
        {
            var segments = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var place = segments switch
            {
                ["devstoreaccount1", var first, ..] => first.Split('(')[0],
                _ => string.Join('/', segments.TakeLast(1)),
            };
            var part = request.Headers.Contains("x-ms-copy-source") ? " (copy)" : "";
            return $"{request.Method} {place}{part}";
        }
    }
}
