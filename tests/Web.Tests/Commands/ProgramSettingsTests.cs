using Microsoft.Extensions.Configuration;
using Stepsize.Training.Faults;
using Stepsize.Web.Hosting;
using Xunit;

namespace Stepsize.Web.Tests.Commands;

public class ProgramSettingsTests
{
    [Fact]
    public void Resolve_NothingGiven_IsLoopbackAndOneThreadACore()
    {
        var settings = ProgramSettings.Resolve(Configuration());

        Assert.Equal((ProgramSettings.DefaultUrls, ProgramSettings.DefaultDatabase, null), (settings.Urls, settings.Database, settings.DataFolder));
        Assert.Equal(Environment.ProcessorCount, settings.Threads);
        Assert.True(settings.IsLoopback);
    }

    [Fact]
    public void Resolve_CommandLineAndConfiguration_CommandLineWins()
    {
        var configuration = Configuration(("urls", "http://127.0.0.1:1"), ("db", "a.db"), ("threads", "3"), ("data", "/a"));

        var settings = ProgramSettings.Resolve(configuration, database: "b.db", threads: "5");

        Assert.Equal(("http://127.0.0.1:1", "b.db", 5, "/a"), (settings.Urls, settings.Database, settings.Threads, settings.DataFolder));
    }

    [Fact]
    public void Resolve_QueuesNameAndLease_AreRead()
    {
        var settings = ProgramSettings.Resolve(Configuration(("lease", "30")), queues: "gpu, cpu,gpu", name: " left ");

        Assert.Equal(["gpu", "cpu"], settings.Queues);
        Assert.Equal(("left", TimeSpan.FromSeconds(30)), (settings.Name, settings.Lease.Lease));
        Assert.Empty(ProgramSettings.Resolve(Configuration(), noTraining: true).Queues);
        Assert.Empty(ProgramSettings.Resolve(Configuration(("no_training", "true"))).Queues);
        Assert.Equal(["cpu"], ProgramSettings.Resolve(Configuration()).Queues);
    }

    [Theory]
    [InlineData("queues", "GPU:1")]
    [InlineData("name", "two\nlines")]
    [InlineData("lease", "5")]
    [InlineData("lease", "an hour")]
    [InlineData("no_training", "perhaps")]
    public void Resolve_WhatTheyCannotBe_IsNamed(string key, string value)
    {
        var refused = Assert.Throws<InvalidInputException>(() => ProgramSettings.Resolve(Configuration((key, value))));

        Assert.Equal(key.Replace('_', '-'), Assert.Single(refused.Faults).Field);
    }

    [Theory]
    [InlineData("http://localhost:5080", true)]
    [InlineData("http://127.0.0.2:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://127.0.0.1:5080; http://192.168.1.4:5080", false)]
    public void IsLoopback_Addresses_IsTrueOnlyWhereAllAre(string urls, bool expected) =>
        Assert.Equal(expected, ProgramSettings.Resolve(Configuration(), urls: urls).IsLoopback);

    [Fact]
    public void Resolve_WhatAProxyNeeds_IsRead()
    {
        var settings = ProgramSettings.Resolve(
            Configuration(("allowed_hosts", "a.example; *.b.example"), ("known_proxies", "127.0.0.1,10.0.0.0/8")), pathBase: "/stepsize/");

        Assert.Equal(["a.example", "*.b.example"], settings.AllowedHosts!);
        Assert.Equal(["127.0.0.1", "10.0.0.0/8"], settings.KnownProxies);
        Assert.Equal("/stepsize", settings.PathBase);
    }

    [Theory]
    [InlineData("http://a.example", null, null, "allowed-hosts")]
    [InlineData("a.example/x", null, null, "allowed-hosts")]
    [InlineData("a.*.example", null, null, "allowed-hosts")]
    [InlineData(null, "stepsize", null, "path-base")]
    [InlineData(null, "/a b", null, "path-base")]
    [InlineData(null, "//a", null, "path-base")]
    [InlineData(null, "/a?b", null, "path-base")]
    [InlineData(null, null, "proxy.example", "known-proxies")]
    [InlineData(null, null, "10.0.0.0/99", "known-proxies")]
    public void Resolve_WhatAProxyCannotBe_IsNamed(string? hosts, string? pathBase, string? proxies, string field)
    {
        var refused = Assert.Throws<InvalidInputException>(() => ProgramSettings.Resolve(Configuration(), allowedHosts: hosts, pathBase: pathBase, knownProxies: proxies));

        Assert.Equal(field, Assert.Single(refused.Faults).Field);
    }

    [Fact]
    public void Resolve_ManyFaults_NamesAll()
    {
        var faults = Assert.Throws<InvalidInputException>(() => ProgramSettings.Resolve(Configuration(), "ftp://x", " ", null, "1.5")).Faults;

        Assert.Equal(["urls", "db", "threads"], faults.Select(f => f.Field));
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
}
