using System.Net;
using System.Net.Sockets;

namespace Local;

internal static class Ports
{
    /// <exception cref="LocalRunException">A port is in use, or not allowed.</exception>
    public static void RequireFree(LocalOptions options)
    {
        foreach (var (option, port) in options.Ports.Where(port => port.Port != 0))
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                throw new LocalRunException(
                    $"Port {port} is in use: stop the program that listens there, or choose another port with {option} (0 takes any free "
                        + "one)."
                );
            }
            catch (SocketException exception)
            {
                throw new LocalRunException($"Port {port} cannot be used ({exception.Message}): choose another with {option}.");
            }
        }
    }
}
