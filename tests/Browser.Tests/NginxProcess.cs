using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stepsize.Browser.Tests;

/// <summary>Debian's nginx with the site of deploy/nginx.conf, its names, ports and certificate replaced by those of the test.</summary>
internal sealed class NginxProcess : IAsyncDisposable
{
    private static readonly string[] Usual = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/opt/homebrew/bin/nginx"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private NginxProcess(Process process, DirectoryInfo folder, int port) => (_process, _folder, Address) = (process, folder, new Uri($"https://localhost:{port}/stepsize/"));

    public static bool IsInstalled => Usual.Any(File.Exists);

    /// <summary>Where people find the dashboard.</summary>
    public Uri Address { get; }

    /// <param name="dashboard">What it stands before.</param>
    /// <param name="withWebSockets">Whether it lets web sockets through.</param>
    public static async Task<NginxProcess> StartAsync(Uri dashboard, bool withWebSockets)
    {
        var folder = Directory.CreateTempSubdirectory("stepsize-nginx-");
        WriteCertificate(folder);
        var (plain, secure) = (FreePort(), FreePort());
        var site = Replace(
            await File.ReadAllTextAsync(Path.Combine(RepositoryFolder(), "deploy", "nginx.conf")),
            ("server 127.0.0.1:5080;", $"server {dashboard.Authority};"),
            ("listen 80;", $"listen 127.0.0.1:{plain};"),
            ("listen 443 ssl;", $"listen 127.0.0.1:{secure} ssl;"),
            ("server_name stepsize.example.org;", "server_name localhost;"),
            ("/etc/letsencrypt/live/stepsize.example.org/fullchain.pem", Path.Combine(folder.FullName, "certificate.pem")),
            ("/etc/letsencrypt/live/stepsize.example.org/privkey.pem", Path.Combine(folder.FullName, "key.pem")));
        if (!withWebSockets)
        {
            site = Replace(site, ("proxy_set_header Upgrade $http_upgrade;", ""), ("proxy_set_header Connection $stepsize_connection;", "proxy_set_header Connection \"\";"));
        }

        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "site.conf"), site);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "nginx.conf"), $$"""
            daemon off;
            worker_processes 1;
            pid {{folder.FullName}}/nginx.pid;
            error_log stderr;
            events { worker_connections 512; }
            http {
                access_log off;
                client_body_temp_path {{folder.FullName}}/body;
                proxy_temp_path {{folder.FullName}}/proxy;
                fastcgi_temp_path {{folder.FullName}}/fastcgi;
                uwsgi_temp_path {{folder.FullName}}/uwsgi;
                scgi_temp_path {{folder.FullName}}/scgi;
                include {{folder.FullName}}/site.conf;
            }
            """);

        // Started by root, its workers are another user, who must get into the folder.
        if (!OperatingSystem.IsWindows())
        {
            folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        }

        var process = Process.Start(new ProcessStartInfo(Usual.First(File.Exists), ["-p", folder.FullName, "-e", "stderr", "-c", Path.Combine(folder.FullName, "nginx.conf")]))!;
        var nginx = new NginxProcess(process, folder, secure);
        await nginx.WaitAsync(secure);
        return nginx;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Every text must be there: the test runs what the documentation gives, and nothing else.</summary>
    private static string Replace(string site, params (string There, string Here)[] changes)
    {
        foreach (var (there, here) in changes)
        {
            site = site.Contains(there, StringComparison.Ordinal)
                ? site.Replace(there, here, StringComparison.Ordinal)
                : throw new InvalidOperationException($"deploy/nginx.conf does not hold \"{there}\".");
        }

        return site;
    }

    private static void WriteCertificate(DirectoryInfo folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(Path.Combine(folder.FullName, "certificate.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder.FullName, "key.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private static string RepositoryFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync(int port)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return;
            }
            catch (SocketException) when (!_process.HasExited)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
