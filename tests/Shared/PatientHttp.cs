namespace Shared;

/// <summary>HTTP for tests: an answer is waited for until it is a hang (<see cref="Patience"/>), however busy the machine is.</summary>
internal static class PatientHttp
{
    public static HttpClient Client(Uri? address = null, HttpMessageHandler? transport = null) =>
        new(new Handler(transport ?? new SocketsHttpHandler())) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    private sealed class Handler(HttpMessageHandler transport) : DelegatingHandler(transport)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var hang = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                return await Patience.ForAsync(base.SendAsync(request, hang.Token), $"the answer to {request.Method} {request.RequestUri}");
            }
            catch (TimeoutException)
            {
                await hang.CancelAsync();
                throw;
            }
        }
    }
}
