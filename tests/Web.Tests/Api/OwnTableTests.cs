using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stepsize.Data.Sweeps;
using Xunit;

namespace Stepsize.Web.Tests.Api;

/// <summary>A table's journey through the API.</summary>
[Collection(ApiCollection.Name)]
public sealed class OwnTableTests(ApiServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Table_SentPreviewedImportedTrainedReplacedRenamedAndDeleted_SaysWhatItDoes()
    {
        var sent = await SendAsync("my api (1).csv", Table(i => 2 * i));
        Assert.Equal("my-api-1.csv", sent.GetProperty("name").GetString());
        Assert.Equal(("semicolon", "comma"), (sent.GetProperty("format").GetProperty("separator").GetString(), sent.GetProperty("format").GetProperty("decimal").GetString()));
        Assert.Equal("missing", sent.GetProperty("faults")[0].GetProperty("field").GetString());
        var upload = $"/api/tables/uploads/{sent.GetProperty("upload").GetString()}";
        var preview = await server.JsonAsync($"{upload}?missing=drop&name=api");
        Assert.Equal(0, preview.GetProperty("faults").GetArrayLength());
        Assert.Equal((41, 40), (preview.GetProperty("rows").GetInt32(), preview.GetProperty("usableRows").GetInt32()));
        var first = await ImportAsync($"{upload}/import?missing=drop&name=api", "{}", HttpStatusCode.Created);
        Assert.Equal("csv-linear", first.GetProperty("training").GetProperty("workload").GetString());
        await server.ProblemAsync(upload, HttpStatusCode.NotFound);

        var sweep = await server.LaunchAsync(
            $$"""
            { "name": "on a table", "workload": "csv-linear", "workloadOptions": {{first.GetProperty("training").GetProperty("workloadOptions").GetRawText()}},
              "epochs": 2, "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }
            """);
        await server.WaitAsync(sweep, SweepStatus.Completed);
        Assert.Equal(sweep, (await server.JsonAsync("/api/tables/api.csv")).GetProperty("sweeps")[0].GetInt64());

        var other = $"/api/tables/uploads/{(await SendAsync("api.csv", Table(i => 7 - i))).GetProperty("upload").GetString()}";
        var taken = await ImportAsync($"{other}/import?missing=drop", "{}", HttpStatusCode.Conflict);
        Assert.Contains($"Sweep {sweep} (on a table) uses it", taken.GetProperty("detail").GetString(), StringComparison.Ordinal);
        var second = await ImportAsync($"{other}/import?missing=drop", """{ "replace": true }""", HttpStatusCode.Created);
        Assert.NotEqual(first.GetProperty("checksum").GetString(), second.GetProperty("checksum").GetString());

        using var extension = await server.PostAsync($"/api/sweeps/{sweep}/extension", """{ "seeds": [5] }""");
        Assert.Equal(HttpStatusCode.Conflict, extension.StatusCode);
        Assert.Contains("api.csv was replaced", await extension.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        using var renamed = await server.PostAsync("/api/tables/api.csv/rename", """{ "to": "api two" }""");
        Assert.Contains("api.csv is called api-two.csv now. Sweep", await renamed.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        using var deleted = await server.Client.DeleteAsync("/api/tables/api-two.csv", Token);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        await server.ProblemAsync("/api/tables/api-two.csv", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Upload_LargerThanASpecificationMayBe_IsTaken()
    {
        var rows = string.Concat(Enumerable.Range(0, 150_000).Select(i => $"{i},{i % 7},{2 * i}.5\n"));

        var sent = await SendAsync("large.csv", "x,z,y\n" + rows);

        Assert.InRange(rows.Length, 2 << 20, 4 << 20);
        Assert.Equal(150_000, sent.GetProperty("rows").GetInt32());
    }

    [Fact]
    public async Task Launch_OnATableThatIsNotHere_IsRefused()
    {
        using var response = await server.PostAsync("/api/sweeps", """{ "name": "x", "workload": "csv-logreg", "optimizers": [ { "id": "sgd-constant", "values": [1] } ] }""");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("there is no table table.csv here", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("PK\u0003\u0004", "Save the sheet as CSV")]
    [InlineData("a,b\n\"1\"x,2\n", "quotation marks do not pair up")]
    public async Task Upload_NoTable_IsRefusedWithoutAServersPath(string content, string expected)
    {
        using var response = await server.Client.PostAsync("/api/tables/uploads?file=mine.csv", Csv(content), Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("original", text, StringComparison.Ordinal);
        Assert.DoesNotContain("incoming", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_FromAForm_IsRefused()
    {
        using var content = new StringContent("a,b\n1,2\n3,4\n", Encoding.UTF8, "text/plain");
        using var response = await server.Client.PostAsync("/api/tables/uploads", content, Token);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static string Table(Func<int, int> y) => "x;z;y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},5;{i % 7},25;{y(i)},5\n")) + "1,5;;2,5\n";

    private static StringContent Csv(string content) => new(content, Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));

    private async Task<JsonElement> SendAsync(string file, string content)
    {
        using var response = await server.Client.PostAsync($"/api/tables/uploads?file={Uri.EscapeDataString(file)}", Csv(content), Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == HttpStatusCode.Created, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<JsonElement> ImportAsync(string path, string body, HttpStatusCode expected)
    {
        using var response = await server.PostAsync(path, body);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.StatusCode == expected, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
