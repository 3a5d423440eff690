namespace FunctionsHost.Http;

/// <summary>
/// The handler's own endpoints, POST /&lt;FunctionName&gt;, which are for the host alone. Whatever spelling of such a path
/// a caller finds, it is not passed on, not even by a catch-all route.
/// </summary>
internal sealed class TriggerEndpoints(IEnumerable<string> functionNames)
{
    private readonly HashSet<string> _names = new(functionNames, StringComparer.OrdinalIgnoreCase);

    public bool Reaches(string path)
    {
        for (var decoded = path; ;)
        {
            if (_names.Contains(Normalise(decoded)))
            {
                return true;
            }

            var next = Uri.UnescapeDataString(decoded);
            if (next == decoded)
            {
                return false;
            }

            decoded = next;
        }
    }

    /// <summary>The path as the most generous of servers would read it: also without what follows it.</summary>
    private static string Normalise(string path)
    {
        var segments = new Stack<string>();
        foreach (var segment in path.Split(['?', '#', ';', '\0'])[0].Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == "..")
            {
                segments.TryPop(out _);
            }
            else if (segment != ".")
            {
                segments.Push(segment);
            }
        }

        return string.Join('/', segments.Reverse());
    }
}
