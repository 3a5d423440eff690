using System.Net;
using System.Net.Sockets;

namespace FunctionsHost.Tests.Support;

/// <summary>A port that leads to another one, when it is on: for a service that comes late or goes away for a while.</summary>
internal sealed class Relay(int target) : IDisposable
{
    private readonly List<TcpClient> clients = [];
    private TcpListener? listener;

    public int Port { get; } = FindFreePort();

    public void TurnOn()
    {
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _ = AcceptAsync(listener);
    }

    public void TurnOff()
    {
        listener?.Dispose();
        lock (clients)
        {
            clients.ForEach(client => client.Dispose());
            clients.Clear();
        }
    }

    public void Dispose() => TurnOff();

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var (from, to) = (await listener.AcceptTcpClientAsync(), new TcpClient());
                lock (clients)
                {
                    clients.AddRange([from, to]);
                }

                await to.ConnectAsync(IPAddress.Loopback, target);
                _ = PumpAsync(from, to);
                _ = PumpAsync(to, from);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException) { }
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
