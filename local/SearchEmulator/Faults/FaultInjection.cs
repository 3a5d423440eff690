using System.Globalization;
using SearchEmulator.Documents;
using SearchEmulator.Http;

namespace SearchEmulator.Faults;

/// <summary>Plays the faults that are set, each with a count of its own. Chance is seeded, so that a run can be repeated.</summary>
internal sealed class FaultInjection(IEnumerable<Fault> faults)
{
    private const int Seed = 1;
    private readonly Lock _lock = new();
    private List<Armed> _armed = Arm(faults);

    public IReadOnlyList<Fault> Current
    {
        get
        {
            lock (_lock)
            {
                return [.. _armed.Select(armed => armed.Fault)];
            }
        }
    }

    public void Replace(IEnumerable<Fault> replacement)
    {
        var armed = Arm(replacement);
        lock (_lock)
        {
            _armed = armed;
        }
    }

    /// <summary>Waits, fails, or lets the request pass.</summary>
    public async Task BeforeAsync(Resource resource, CancellationToken aborted)
    {
        foreach (var fault in Strikes(fault => fault.Document is null && Fits(fault, resource)))
        {
            if (fault.LatencyMs is { } delay)
            {
                await Task.Delay(delay, aborted);
            }
            else
            {
                throw new ServiceException(fault.Status!.Value, string.Empty, Message(fault.Status.Value))
                {
                    RetryAfter = fault.RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                };
            }
        }
    }

    /// <summary>The failure of one document of a batch, or null.</summary>
    public ActionResult? ForDocument(string key)
    {
        foreach (var fault in Strikes(fault => fault.Document is not null))
        {
            return new ActionResult(key, fault.Document!.Value, DocumentMessage(fault.Document.Value));
        }

        return null;
    }

    private List<Fault> Strikes(Func<Fault, bool> fits)
    {
        lock (_lock)
        {
            return [.. _armed.Where(armed => fits(armed.Fault) && armed.Strikes()).Select(armed => armed.Fault)];
        }
    }

    private static bool Fits(Fault fault, Resource resource) => fault.Operation == "*" || fault.Operation == Operations.Of(resource);

    private static List<Armed> Arm(IEnumerable<Fault> faults) => [.. faults.Select((fault, i) => new Armed(fault, new Random(Seed + i)))];

    private static string Message(int status) =>
        status switch
        {
            429 => "The request was throttled. Please try again later.",
            503 => "The service is currently unavailable. Please try again later.",
            413 => "The page was not displayed because the request entity is too large.",
            _ => string.Create(CultureInfo.InvariantCulture, $"A fault was injected: status {status}."),
        };

    private static string DocumentMessage(int status) =>
        status switch
        {
            409 => "Version conflict: the document was changed by another request at the same time.",
            422 => "The index is temporarily unavailable because it was updated with 'allowIndexDowntime'. Please try again later.",
            _ =>
                "Failed to execute indexing request for this document because not enough resources were available. Please try again later.",
        };

    private sealed class Armed(Fault fault, Random random)
    {
        private int _seen;
        private int _struck;

        public Fault Fault { get; } = fault;

        public bool Strikes()
        {
            if (++_seen % Fault.Every != 0 || _struck == Fault.Times || random.NextDouble() >= Fault.Rate)
            {
                return false;
            }

            _struck++;
            return true;
        }
    }
}
